import type { EvidenceSummary } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { HashText } from '#/ui/HashText';
import { Moment } from '#/ui/Moment';
import { usePager } from '#/ui/pager';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { PACKAGE_OUTCOMES, wordOf } from '#/words';
import { useEvidencePackages } from './queries';

const COLUMNS: Column<EvidenceSummary>[] = [
  {
    id: 'package',
    header: 'Package',
    cell: ({ row: { original } }) => (
      <TextLink to="/evidence/$id" params={{ id: original.id }} fw={500} ff="monospace">
        {original.id.slice(0, 8)}…{original.id.slice(-6)}
      </TextLink>
    ),
  },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: ({ row }) => <StateBadge word={wordOf(PACKAGE_OUTCOMES, row.original.outcome)} />,
  },
  { id: 'records', header: 'Records', cell: ({ row }) => row.original.records },
  {
    id: 'root',
    header: 'Merkle root',
    cell: ({ row }) => <HashText hash={row.original.merkleRoot} what="Merkle root" />,
  },
  { id: 'index', header: 'Log index', cell: ({ row }) => row.original.logIndex },
  { id: 'sealed', header: 'Sealed', cell: ({ row }) => <Moment at={row.original.sealedAt} /> },
];

/** Sealed evidence packages, newest first. */
export function EvidenceTable() {
  const pager = usePager('');
  return (
    <DataTable
      label="Evidence packages"
      columns={COLUMNS}
      answer={useEvidencePackages(pager.cursor)}
      rowId={(evidence) => evidence.id}
      pager={pager}
      empty={
        <EmptyState icon="evidence" title="No evidence package yet">
          Each workflow seals one when it ends. Nobody collects anything by hand.
        </EmptyState>
      }
    />
  );
}
