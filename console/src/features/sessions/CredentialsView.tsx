import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Credential } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Facts } from '#/ui/Facts';
import { Moment } from '#/ui/Moment';
import { toast } from '#/ui/toast';
import { useCredentials, useRemoveCredential } from './queries';

const KINDS: Record<Credential['kind'], string> = {
  password: 'Password',
  passkey: 'Passkey',
  totp: 'Authenticator app',
};

const COLUMNS: Column<Credential>[] = [
  { id: 'kind', header: 'What', cell: ({ row }) => KINDS[row.original.kind] },
  { id: 'label', header: 'Called', cell: ({ row }) => row.original.label ?? '–' },
  { id: 'created', header: 'Since', cell: ({ row }) => <Moment at={row.original.createdAt} /> },
];

function nameOf({ kind, label }: Credential): string {
  return label === undefined ? `the ${KINDS[kind].toLowerCase()}` : `“${label}”`;
}

/** With what oneself can sign in now, and the end of what is lost. */
export function CredentialsView() {
  const credentials = useCredentials();
  const [removing, setRemoving] = useState<Credential | null>(null);
  const columns: Column<Credential>[] = [
    ...COLUMNS,
    {
      id: 'remove',
      header: 'Remove',
      cell: ({ row: { original } }) =>
        original.removable ? (
          <Button
            size="xs"
            variant="default"
            aria-label={`Remove ${nameOf(original)}`}
            onClick={() => setRemoving(original)}
          >
            Remove
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      <DataTable
        label="What you can sign in with"
        columns={columns}
        answer={credentials}
        rowId={({ id }) => id}
        empty={
          <EmptyState icon="lock" title="Nothing of your own">
            Your organization’s identity provider signs you in. You can add a passkey or an authenticator app.
          </EmptyState>
        }
      />
      {removing !== null && <RemoveDialog credential={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

function RemoveDialog({ credential, onClose }: { credential: Credential; onClose: () => void }) {
  const remove = useRemoveCredential();
  return (
    <ConfirmDialog
      opened
      title={`Remove ${nameOf(credential)}?`}
      confirm="Remove"
      dangerous
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(credential.id, {
          onSuccess: () => {
            onClose();
            toast('Removed', 'Nobody signs in with it any more. You stay signed in here, and nowhere else.');
          },
        })
      }
      onClose={onClose}
    >
      <Facts
        narrow
        facts={[
          ['What', KINDS[credential.kind]],
          ['Called', credential.label],
          ['Since', <Moment key="since" at={credential.createdAt} exact />],
        ]}
      />
      <p>
        Nobody signs in with it any more, and you are signed out everywhere but here. It cannot be undone; you
        can add it anew.
      </p>
    </ConfirmDialog>
  );
}
