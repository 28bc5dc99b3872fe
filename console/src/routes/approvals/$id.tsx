import { createFileRoute } from '@tanstack/react-router';
import { planOf } from '#/api/hashed';
import { ApprovalDetail, useApproval } from '#/features/approvals';
import { PermissionGate } from '#/features/identity';
import { titleOfPlan } from '#/features/workflow';
import { Loading } from '#/ui/Loading';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { RiskBadge } from '#/ui/RiskBadge';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { APPROVAL_STATES, wordOf } from '#/words';

export const Route = createFileRoute('/approvals/$id')({
  component: () => (
    <PermissionGate title="Approval" anyOf={['approvals:read']}>
      <ApprovalPage />
    </PermissionGate>
  ),
});

function ApprovalPage() {
  const approval = useApproval(Route.useParams().id);
  const back = <TextLink to="/approvals">Approvals</TextLink>;
  if (approval.data === undefined) {
    return (
      <Page title="Approval" back={back}>
        {approval.isError ? (
          <ProblemNotice error={approval.error} onRetry={() => void approval.refetch()} />
        ) : (
          <Panel>
            <Loading what="the approval" lines={8} />
          </Panel>
        )}
      </Page>
    );
  }
  const { state, risk } = approval.data;
  return (
    <Page
      title={titleOfPlan(planOf(approval.data))}
      back={back}
      marks={
        <>
          <StateBadge word={wordOf(APPROVAL_STATES, state)} />
          <RiskBadge risk={risk} />
        </>
      }
    >
      <ApprovalDetail approval={approval.data} />
    </Page>
  );
}
