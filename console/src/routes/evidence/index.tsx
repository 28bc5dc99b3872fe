import { createFileRoute } from '@tanstack/react-router';
import { CollectionForm, EvidenceTable } from '#/features/evidence';
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
        <Panel
          title="Export a period"
          note="Every package sealed in it, in one file that shows that none is missing. It holds the log’s events of that time too."
        >
          <CollectionForm />
        </Panel>
        <Panel flush>
          <EvidenceTable />
        </Panel>
      </Page>
    </PermissionGate>
  ),
});
