import { OUTCOMES, reasonText } from '#/agentWords';
import type { AgentPackage, AgentReceipt } from '#/api/types';
import { useMay } from '#/features/identity';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { wordOf } from '#/words';
import classes from './agents.module.css';
import { memberOf, summaryOf } from './summary';
import { SummaryValues } from './SummaryValues';

interface Props {
  receipts: AgentReceipt[];
  packages: AgentPackage[];
}

/** What the agent found, and what it left; one beside the other where there is room. */
function OnTheHost({ content }: { content: AgentReceipt['content'] }) {
  const seen = [
    ['Before', summaryOf(memberOf(content, 'before'))],
    ['After', summaryOf(memberOf(content, 'after'))],
  ] as const;
  if (seen.every(([, summary]) => summary === null)) return <>–</>;
  return (
    <dl className={classes.seen}>
      {seen.map(([when, summary]) => (
        <div key={when}>
          <dt>{when}</dt>
          <dd>
            <SummaryValues summary={summary} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What the agent answered, the newest first. */
export function ReceiptTable({ receipts, packages }: Props) {
  const may = useMay();
  const columns: Column<AgentReceipt>[] = [
    { id: 'number', header: 'Number', cell: ({ row }) => row.original.number },
    {
      id: 'outcome',
      header: 'Outcome',
      cell: ({ row: { original } }) => (
        <div className={classes.two}>
          <span>
            <StateBadge word={wordOf(OUTCOMES, original.outcome)} />
          </span>
          {original.reason !== undefined && (
            <span className={classes.quiet}>
              {reasonText(original.reason)} ({original.reason})
            </span>
          )}
        </div>
      ),
    },
    {
      id: 'host',
      header: 'On the host',
      cell: ({ row: { original } }) => <OnTheHost content={original.content} />,
    },
    {
      id: 'at',
      header: 'Said',
      cell: ({ row: { original } }) => {
        const sent = packages.find(({ id }) => id === original.packageId);
        return (
          <div className={classes.two}>
            <Moment at={original.at} />
            {sent !== undefined && may('workflows:read') && (
              <TextLink to="/workflows/$id" params={{ id: sent.workflowId }}>
                Workflow and evidence
              </TextLink>
            )}
          </div>
        );
      },
    },
  ];
  return (
    <DataTable
      label="Receipts"
      columns={columns}
      answer={{ data: { items: receipts }, error: null, isPlaceholderData: false, refetch: () => undefined }}
      rowId={({ number }) => String(number)}
      empty={<EmptyState icon="evidence" title="No receipt yet" />}
    />
  );
}
