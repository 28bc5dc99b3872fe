import { createFileRoute } from '@tanstack/react-router';
import { PermissionGate, useMay } from '#/features/identity';
import { InviteForm, InvitesHelp, InviteTable } from '#/features/invites';
import { Columns } from '#/ui/Columns';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';

export const Route = createFileRoute('/invites')({
  component: () => (
    <PermissionGate title="Invitations" anyOf={['members:read']}>
      <InvitesPage />
    </PermissionGate>
  ),
});

function InvitesPage() {
  const may = useMay();
  return (
    <Page title="Invitations" lead="Who was asked by mail to become a member, and what came of it.">
      <Columns
        main={
          <>
            {may('members:manage') && (
              <Panel title="Invite somebody">
                <InviteForm />
              </Panel>
            )}
            <Panel flush>
              <InviteTable />
            </Panel>
          </>
        }
        side={
          <Panel title="What an invitation does">
            <InvitesHelp />
          </Panel>
        }
      />
    </Page>
  );
}
