import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Session } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { usePager } from '#/ui/pager';
import { StateBadge } from '#/ui/StateBadge';
import { EndDialog, SignOutDialog } from './EndDialogs';
import { useSessions } from './queries';
import classes from './SessionsView.module.css';

const HERE = { label: 'This browser', tone: 'quiet' } as const;

const METHODS: Record<NonNullable<Session['method']>, string> = {
  password: 'Password',
  passkey: 'Passkey',
  oidc: 'OpenID Connect',
  saml: 'SAML',
};

const COLUMNS: Column<Session>[] = [
  {
    id: 'address',
    header: 'From',
    cell: ({ row: { original } }) => (
      <span className={classes.from}>
        {original.address ?? 'Unknown address'}
        {original.current && <StateBadge word={HERE} />}
      </span>
    ),
  },
  { id: 'method', header: 'Signed in with', cell: ({ row }) => meansOf(row.original) },
  { id: 'begun', header: 'Since', cell: ({ row }) => <Moment at={row.original.begunAt} /> },
  {
    id: 'seen',
    header: 'Last seen',
    cell: ({ row: { original } }) => <Moment at={original.lastSeenAt ?? original.begunAt} />,
  },
  { id: 'expires', header: 'Ends', cell: ({ row }) => <Moment at={row.original.expiresAt} /> },
];

function meansOf({ method, secondFactor }: Session): string {
  const means = method === undefined ? 'Not known' : METHODS[method];
  return secondFactor ? `${means} and a second factor` : means;
}

interface Props {
  memberId: string;
  /** Whose they are; undefined when they are one's own. */
  name?: string;
  mayEnd: boolean;
}

/** In which browsers somebody is signed in, and the end of that. */
export function SessionsView({ memberId, name, mayEnd }: Props) {
  const [ending, setEnding] = useState<Session | null>(null);
  const [all, setAll] = useState(false);
  const pager = usePager(memberId);
  const sessions = useSessions(memberId, pager.cursor);
  const others = sessions.data?.items.some(({ current }) => !current) ?? false;
  const columns: Column<Session>[] = mayEnd
    ? [
        ...COLUMNS,
        {
          id: 'end',
          header: 'End',
          cell: ({ row: { original } }) =>
            original.current ? null : (
              <Button
                size="xs"
                variant="default"
                aria-label={`End the session from ${original.address ?? 'an unknown address'}`}
                onClick={() => setEnding(original)}
              >
                End
              </Button>
            ),
        },
      ]
    : COLUMNS;
  return (
    <>
      <DataTable
        label="Sessions"
        columns={columns}
        answer={sessions}
        rowId={({ id }) => id}
        pager={pager}
        empty={
          <EmptyState icon="lock" title="Signed in nowhere">
            {name === undefined
              ? 'You came with a token, and no browser of yours is signed in.'
              : `No browser is signed in as ${name}.`}
          </EmptyState>
        }
      />
      {mayEnd && others && (
        <div className={classes.all}>
          <Button variant="default" onClick={() => setAll(true)}>
            {name === undefined ? 'End all other sessions' : 'End all sessions'}
          </Button>
        </div>
      )}
      {ending !== null && (
        <EndDialog memberId={memberId} name={name} session={ending} onClose={() => setEnding(null)} />
      )}
      {all && <SignOutDialog memberId={memberId} name={name} onClose={() => setAll(false)} />}
    </>
  );
}
