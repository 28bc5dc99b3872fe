import { createRootRoute, Outlet, useRouterState } from '@tanstack/react-router';
import { SessionGate } from '#/features/identity';
import { Shell } from '#/features/shell';
import { EmptyState } from '#/ui/EmptyState';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { TextLink } from '#/ui/TextLink';

export const Route = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => (
    <Page title="Something went wrong">
      <ProblemNotice error={error} onRetry={reset} />
    </Page>
  ),
});

/** What is reached by a link alone: of a share, or of an invitation. */
const BY_LINK = ['/shared', '/invite'];

/** Whoever comes by a link has no session, and is not asked for one. */
function Root() {
  const byLink = useRouterState({ select: ({ location }) => BY_LINK.includes(location.pathname) });
  if (byLink) return <Outlet />;
  return (
    <SessionGate>
      <Shell>
        <Outlet />
      </Shell>
    </SessionGate>
  );
}

function NotFound() {
  return (
    <Page title="Page not found">
      <Panel>
        <EmptyState
          icon="search"
          title="There is no such page"
          action={<TextLink to="/">Go to the overview</TextLink>}
        >
          The address may be mistyped, or from another version of the console.
        </EmptyState>
      </Panel>
    </Page>
  );
}
