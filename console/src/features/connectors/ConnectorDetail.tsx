import type { Connector } from '#/api/types';
import { DriftTable } from '#/features/access';
import { useMay } from '#/features/identity';
import { Columns } from '#/ui/Columns';
import { Facts } from '#/ui/Facts';
import { Moment } from '#/ui/Moment';
import { Panel } from '#/ui/Panel';
import { StateBadge } from '#/ui/StateBadge';
import { HEALTHS, spaced, SYSTEM_KINDS, wordOf } from '#/words';
import { ObservationList } from './ObservationList';

/** One governed system: how it is, when it was looked at, and where it differs from what was approved. */
export function ConnectorDetail({ connector }: { connector: Connector }) {
  const may = useMay();
  const { lastObservedAt } = connector;
  return (
    <Columns
      main={
        may('findings:read') ? (
          <Panel title="Drift" note="Observed but never approved, or approved but not observed." flush>
            <DriftTable connectorId={connector.id} />
          </Panel>
        ) : null
      }
      side={
        <>
          <Panel title="System">
            <Facts
              facts={[
                ['Kind', wordOf(SYSTEM_KINDS, connector.kind).label],
                ['Health', <StateBadge key="health" word={wordOf(HEALTHS, connector.health)} />],
                ['Reason', connector.healthReason ?? null],
                ['Accounts', connector.accounts ?? null],
                ['Entitlements', connector.entitlements ?? null],
                ['Last observed', lastObservedAt ? <Moment at={lastObservedAt} /> : 'Never'],
                ['Can', connector.capabilities.map(spaced).join(', ')],
              ]}
            />
          </Panel>
          <Panel title="Observations">
            <ObservationList connectorId={connector.id} />
          </Panel>
        </>
      }
    />
  );
}
