import type { ShareDetail } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { AUDIT_OUTCOMES, wordOf } from '#/words';

type Entry = ShareDetail['trail'][number];

const COLUMNS: Column<Entry>[] = [
  { id: 'at', header: 'When', cell: ({ row }) => <Moment at={row.original.at} /> },
  {
    id: 'action',
    header: 'What',
    cell: ({ row: { original } }) => (
      <TextLink
        to="/audit"
        search={{ event: original.sequence }}
        aria-label={`Event ${original.sequence}: ${original.action}`}
      >
        {original.action}
      </TextLink>
    ),
  },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: ({ row }) => <StateBadge word={wordOf(AUDIT_OUTCOMES, row.original.outcome)} />,
  },
  { id: 'network', header: 'Network', cell: ({ row }) => row.original.network },
  { id: 'program', header: 'Program', cell: ({ row }) => row.original.userAgent },
];

/** What was done to a link and with it. */
export function ShareTrail({ trail }: { trail: Entry[] }) {
  return (
    <DataTable
      label="What was done with the link"
      columns={COLUMNS}
      answer={{ data: { items: trail }, error: null, isPlaceholderData: false, refetch: () => undefined }}
      rowId={({ sequence }) => String(sequence)}
      empty={<EmptyState icon="audit" title="Nobody was there yet" />}
    />
  );
}
