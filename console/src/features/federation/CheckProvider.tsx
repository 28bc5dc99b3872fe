import { Button } from '@mantine/core';
import type { IdentityProvider, ProviderCheck } from '#/api/types';
import { Icon } from '#/ui/Icon';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { PROVIDER_FINDINGS } from '#/providerWords';
import { wordOf } from '#/words';
import classes from './federation.module.css';
import { useCheckProvider } from './queries';

/** Looks at the provider now, and says what was found. */
export function CheckProvider({ provider: { id } }: { provider: IdentityProvider }) {
  const check = useCheckProvider();
  return (
    <div className={classes.stack}>
      <div className={classes.actions}>
        <Button
          variant="default"
          leftSection={<Icon name="refresh" size={16} />}
          loading={check.isPending}
          onClick={() => check.mutate(id)}
        >
          Check the connection
        </Button>
      </div>
      {check.isError && <ProblemNotice error={check.error} />}
      {check.data !== undefined && <Found found={check.data} />}
    </div>
  );
}

function Found({ found: { good, findings } }: { found: ProviderCheck }) {
  return (
    <Notice
      tone={good ? 'good' : 'warning'}
      title={good ? 'The provider is there and accepts us' : 'Something is in the way'}
      urgent
    >
      {findings.length > 0 && (
        <ul className={classes.values}>
          {findings.map(({ finding }) => (
            <li key={finding}>{wordOf(PROVIDER_FINDINGS, finding).label}</li>
          ))}
        </ul>
      )}
      {good && <p>Whether people come in, a sign-in in a private window shows.</p>}
    </Notice>
  );
}
