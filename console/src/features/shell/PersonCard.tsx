import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMe, useSignOut } from '#/features/identity';
import { Icon } from '#/ui/Icon';
import { roleLabel } from '#/words';
import classes from './PersonCard.module.css';
import { SchemeSwitch } from './SchemeSwitch';

interface Props {
  onNavigate?: () => void;
}

/** Who is signed in, as what and where else, and the way out. */
export function PersonCard({ onNavigate }: Props) {
  const me = useMe();
  const signOut = useSignOut();
  return (
    <div className={classes.card}>
      <div className={classes.person}>
        <span className={classes.portrait} aria-hidden="true">
          {initials(me.displayName)}
        </span>
        <div className={classes.names}>
          <span className={classes.name}>{me.displayName}</span>
          <span className={classes.role}>{roleLabel(me.role)}</span>
        </div>
      </div>
      <SchemeSwitch />
      <Button
        component={Link}
        to="/sessions"
        size="xs"
        variant="subtle"
        fullWidth
        justify="flex-start"
        className={classes.leave ?? ''}
        leftSection={<Icon name="system" size={15} />}
        onClick={onNavigate}
      >
        Your sessions
      </Button>
      <Button
        size="xs"
        variant="subtle"
        fullWidth
        justify="flex-start"
        className={classes.leave ?? ''}
        leftSection={<Icon name="leave" size={15} />}
        loading={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        Sign out
      </Button>
      {signOut.isError && (
        <p className={classes.failed} role="alert">
          Signing out failed. You are still signed in.
        </p>
      )}
    </div>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.charAt(0) ?? '')
    .join('')
    .toUpperCase();
}
