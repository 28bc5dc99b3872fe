import { createFileRoute } from '@tanstack/react-router';
import { EvidenceTable } from '#/features/evidence';
import { PermissionGate } from '#/features/identity';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';

export const Route = createFileRoute('/evidence/')({
  component: () => (
    <PermissionGate title="Evidence" anyOf={['evidence:read']}>
      <Page
        title="Evidence"
        lead="One sealed package for each workflow. Each verifies offline, without this server."
      >
        <Panel flush>
          <EvidenceTable />
        </Panel>
      </Page>
    </PermissionGate>
  ),
});
