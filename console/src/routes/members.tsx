import { createFileRoute } from '@tanstack/react-router';
import { PermissionGate } from '#/features/identity';
import { type MemberFilter, MemberFilters, MemberTable } from '#/features/members';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { oneOf, textOf } from '#/ui/search';
import { MEMBER_STATES, ROLES } from '#/words';

export const Route = createFileRoute('/members')({
  validateSearch: (search: Record<string, unknown>): MemberFilter => ({
    query: textOf(search.query),
    role: oneOf(search.role, ROLES),
    state: oneOf(search.state, MEMBER_STATES),
  }),
  component: () => (
    <PermissionGate title="Members" anyOf={['members:read']}>
      <MembersPage />
    </PermissionGate>
  ),
});

function MembersPage() {
  const filter = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <Page
      title="Members"
      lead="The people of the organization. Each has one role; a change is an event of the audit log."
    >
      <Panel flush>
        <MemberFilters
          filter={filter}
          onChange={(changed) => void navigate({ search: changed, replace: true })}
        />
        <MemberTable filter={filter} />
      </Panel>
    </Page>
  );
}
