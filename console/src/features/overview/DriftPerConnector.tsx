import type { Connector } from '#/api/types';
import { useConnectorSummaries } from '#/features/access';
import { useConnectors } from '#/features/connectors';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { Panel } from '#/ui/Panel';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { HEALTHS, type Word, wordOf } from '#/words';
import { List } from './List';

/** How many assignments of each system are not as they were approved. */
export function DriftPerConnector() {
  const connectors = useConnectors();
  return (
    <Panel title="Drift" note="Observed but never approved, or approved but missing." flush>
      <List
        label="Drift per system"
        answer={connectors}
        items={connectors.data?.items}
        empty={<EmptyState icon="connectors" title="No system is connected" />}
        row={(connector) => ({
          key: connector.id,
          what: (
            <TextLink to="/connectors/$id" params={{ id: connector.id }} fw={500}>
              {connector.name}
            </TextLink>
          ),
          note: connector.lastObservedAt ? (
            <>
              observed <Moment at={connector.lastObservedAt} />
            </>
          ) : (
            'never observed'
          ),
          mark: <DriftMark connector={connector} />,
        })}
      />
    </Panel>
  );
}

function DriftMark({ connector }: { connector: Connector }) {
  const summaries = useConnectorSummaries();
  if (connector.health === 'unreachable') return <StateBadge word={wordOf(HEALTHS, connector.health)} />;
  const summary = summaries.data?.get(connector.id);
  return summary === undefined ? null : <StateBadge word={driftWord(summary.drift)} />;
}

function driftWord(count: number): Word {
  return count === 0 ? { label: 'In order', tone: 'good' } : { label: `${count} drifted`, tone: 'warning' };
}
