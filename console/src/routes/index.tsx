import { createFileRoute } from '@tanstack/react-router';
import { useMe } from '#/features/identity';
import { Overview } from '#/features/overview';
import { Page } from '#/ui/Page';

export const Route = createFileRoute('/')({ component: OverviewPage });

function OverviewPage() {
  const { organization } = useMe();
  return (
    <Page title="Overview" lead={`What waits for you at ${organization.name}, and how its systems stand.`}>
      <Overview />
    </Page>
  );
}
