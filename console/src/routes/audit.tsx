import { createFileRoute } from '@tanstack/react-router';
import {
  AuditFilters,
  type AuditFilter,
  AuditTable,
  EventDrawer,
  LogAlarm,
  TreeHead,
} from '#/features/audit';
import { PermissionGate } from '#/features/identity';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { numberOf, oneOf, textOf } from '#/ui/search';
import { AUDIT_OUTCOMES } from '#/words';

interface Search extends AuditFilter {
  event?: number | undefined;
}

export const Route = createFileRoute('/audit')({
  validateSearch: (search: Record<string, unknown>): Search => ({
    action: textOf(search.action),
    outcome: oneOf(search.outcome, AUDIT_OUTCOMES),
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
  return (
    <Page title="Audit log" lead="Append-only and tamper-evident: each event is a leaf of one hash tree.">
      <LogAlarm />
      <TreeHead />
      <Panel flush>
        <AuditFilters
          filter={filter}
          onChange={(changed) => void navigate({ search: changed, replace: true })}
        />
        <AuditTable filter={filter} />
      </Panel>
      {event !== undefined && (
        <EventDrawer sequence={event} onClose={() => void navigate({ search: filter })} />
      )}
    </Page>
  );
}
