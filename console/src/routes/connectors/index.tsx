import { createFileRoute } from '@tanstack/react-router';
import { ConnectorTable } from '#/features/connectors';
import { PermissionGate } from '#/features/identity';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';

export const Route = createFileRoute('/connectors/')({
  component: () => (
    <PermissionGate title="Connectors" anyOf={['connectors:read']}>
      <Page title="Connectors" lead="The governed systems: who and what is in them, as last observed.">
        <Panel flush>
          <ConnectorTable />
        </Panel>
      </Page>
    </PermissionGate>
  ),
});
