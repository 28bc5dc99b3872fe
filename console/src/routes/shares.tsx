import { createFileRoute } from '@tanstack/react-router';
import { PermissionGate } from '#/features/identity';
import { ShareDrawer, ShareTable } from '#/features/shares';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { textOf } from '#/ui/search';

interface Search {
  share?: string | undefined;
}

export const Route = createFileRoute('/shares')({
  validateSearch: (search: Record<string, unknown>): Search => ({ share: textOf(search.share) }),
  component: () => (
    <PermissionGate title="Share links" anyOf={['audit:read']}>
      <SharesPage />
    </PermissionGate>
  ),
});

function SharesPage() {
  const { share } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <Page
      title="Share links"
      lead="For people without an account. Each link opens one thing, for a time, and each visit is an event of the audit log."
    >
      <Panel flush>
        <ShareTable />
      </Panel>
      {share !== undefined && <ShareDrawer id={share} onClose={() => void navigate({ search: {} })} />}
    </Page>
  );
}
