import { createFileRoute } from '@tanstack/react-router';
import {
  ActiveFilters,
  AuditFilters,
  type AuditFilter,
  auditFilterOf,
  AuditTable,
  AuditTimeline,
  EventDrawer,
  ExportButton,
  LogAlarm,
  LogKeysPanel,
  TreeHead,
} from '#/features/audit';
import { PermissionGate } from '#/features/identity';
import { ShareButton } from '#/features/shares';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { numberOf } from '#/ui/search';

interface Search extends AuditFilter {
  event?: number | undefined;
}

export const Route = createFileRoute('/audit')({
  validateSearch: (search: Record<string, unknown>): Search => ({
    ...auditFilterOf(search),
    event: numberOf(search.event),
  }),
  component: () => (
    <PermissionGate title="Audit log" anyOf={['audit:read']}>
      <AuditPage />
    </PermissionGate>
  ),
});

function AuditPage() {
  const { event, ...filter } = Route.useSearch();
  const navigate = Route.useNavigate();
  const look = (search: AuditFilter) => void navigate({ search });
  return (
    <Page
      title="Audit log"
      lead="Append-only and tamper-evident: each event is a leaf of one hash tree."
      actions={
        <>
          <ShareButton what={{ kind: 'events', filter }} />
          <ExportButton filter={filter} />
        </>
      }
    >
      <LogAlarm />
      <TreeHead />
      {filter.following !== undefined && (
        <Panel title="What belongs together" note="The request, its approval, its workflow and its evidence.">
          <AuditTimeline filter={filter} />
        </Panel>
      )}
      <Panel flush>
        <AuditFilters filter={filter} onChange={look} />
        <ActiveFilters filter={filter} onChange={look} />
        <AuditTable filter={filter} onClear={() => look({})} />
      </Panel>
      <LogKeysPanel />
      {event !== undefined && <EventDrawer sequence={event} onClose={() => look(filter)} />}
    </Page>
  );
}
