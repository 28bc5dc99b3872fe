import { Button } from '@mantine/core';
import { useState } from 'react';
import { recordOf } from '#/api/hashed';
import type { SharedEvent } from '#/api/types';
import { actorName } from '#/features/audit';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { HashText } from '#/ui/HashText';
import { Icon } from '#/ui/Icon';
import { Moment } from '#/ui/Moment';
import { Page } from '#/ui/Page';
import { usePager } from '#/ui/pager';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { StateBadge } from '#/ui/StateBadge';
import { toast } from '#/ui/toast';
import { AUDIT_OUTCOMES, wordOf } from '#/words';
import { useSharedEvents, useSharedExport } from './queries';
import { SharedEventDrawer } from './SharedEventDrawer';

function columns(onOpen: (sequence: number) => void): Column<SharedEvent>[] {
  return [
    {
      id: 'sequence',
      header: 'Index',
      cell: ({ row: { original } }) => (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Event ${original.sequence}`}
          onClick={() => onOpen(original.sequence)}
        >
          {original.sequence}
        </Button>
      ),
    },
    { id: 'action', header: 'Action', cell: ({ row }) => recordOf(row.original).action },
    {
      id: 'outcome',
      header: 'Outcome',
      cell: ({ row }) => <StateBadge word={wordOf(AUDIT_OUTCOMES, recordOf(row.original).outcome)} />,
    },
    { id: 'actor', header: 'Actor', cell: ({ row }) => actorName(recordOf(row.original).actor) },
    { id: 'target', header: 'Target', cell: ({ row }) => recordOf(row.original).target.type },
    {
      id: 'leaf',
      header: 'Leaf hash',
      cell: ({ row }) => <HashText hash={row.original.leafHash} what="leaf hash" />,
    },
    { id: 'at', header: 'When', cell: ({ row }) => <Moment at={recordOf(row.original).at} /> },
  ];
}

/** The events that the link's filter finds, each with its proof, and all of them as a file. */
export function SharedEvents({ lead }: { lead: string }) {
  const pager = usePager('shared events');
  const [open, setOpen] = useState<number | null>(null);
  const file = useSharedExport();
  return (
    <Page
      title="Audit events"
      lead={lead}
      actions={
        <Button
          leftSection={<Icon name="download" size={16} />}
          loading={file.isPending}
          onClick={() =>
            file.mutate(undefined, {
              onSuccess: (name) =>
                toast('Events downloaded', `${name}. Verify it with: nuxari verify ${name}`),
            })
          }
        >
          Export with proofs
        </Button>
      }
    >
      {file.isError && <ProblemNotice error={file.error} />}
      <Panel flush>
        <DataTable
          label="Audit events"
          columns={columns(setOpen)}
          answer={useSharedEvents(pager.cursor)}
          rowId={({ sequence }) => String(sequence)}
          pager={pager}
          empty={
            <EmptyState icon="audit" title="No event yet">
              Nothing that this link shares has happened so far.
            </EmptyState>
          }
        />
      </Panel>
      {open !== null && <SharedEventDrawer sequence={open} onClose={() => setOpen(null)} />}
    </Page>
  );
}
