import { createFileRoute } from '@tanstack/react-router';
import { AddDirectory, DirectoriesHelp, DirectoryDrawer, DirectoryTable } from '#/features/directories';
import { PermissionGate } from '#/features/identity';
import { Columns } from '#/ui/Columns';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { textOf } from '#/ui/search';

interface Search {
  directory?: string | undefined;
}

export const Route = createFileRoute('/directories')({
  validateSearch: (search: Record<string, unknown>): Search => ({ directory: textOf(search.directory) }),
  component: () => (
    <PermissionGate title="Directory (SCIM)" anyOf={['organization:change']}>
      <DirectoriesPage />
    </PermissionGate>
  ),
});

function DirectoriesPage() {
  const { directory } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <Page title="Directory (SCIM)" lead="Which of your systems say who your people are, and who has left.">
      <Columns
        main={
          <>
            <Panel flush>
              <DirectoryTable />
            </Panel>
            <Panel title="A directory of yours">
              <AddDirectory onAdded={(id) => void navigate({ search: { directory: id } })} />
            </Panel>
          </>
        }
        side={
          <Panel title="What it means for people">
            <DirectoriesHelp />
          </Panel>
        }
      />
      {directory !== undefined && (
        <DirectoryDrawer id={directory} onClose={() => void navigate({ search: {} })} />
      )}
    </Page>
  );
}
