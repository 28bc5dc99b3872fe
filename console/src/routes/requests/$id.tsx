import { createFileRoute } from '@tanstack/react-router';
import { PermissionGate, useMay, useMe } from '#/features/identity';
import { CancelRequest, progressOf, RequestDetail, titleOf, useRequest } from '#/features/requests';
import { Loading } from '#/ui/Loading';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { RiskBadge } from '#/ui/RiskBadge';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';

export const Route = createFileRoute('/requests/$id')({
  component: () => (
    <PermissionGate title="Request" anyOf={['requests:read', 'requests:read-own']}>
      <RequestPage />
    </PermissionGate>
  ),
});

function RequestPage() {
  const request = useRequest(Route.useParams().id);
  const { memberId } = useMe();
  const may = useMay();
  const back = <TextLink to="/requests">My requests</TextLink>;
  if (request.data === undefined) {
    return (
      <Page title="Request" back={back}>
        {request.isError ? (
          <ProblemNotice error={request.error} onRetry={() => void request.refetch()} />
        ) : (
          <Panel>
            <Loading what="the request" lines={6} />
          </Panel>
        )}
      </Page>
    );
  }
  const { state, requester, risk } = request.data;
  const mayCancel = state === 'submitted' && requester.memberId === memberId && may('requests:create');
  return (
    <Page
      title={titleOf(request.data)}
      back={back}
      marks={
        <>
          <StateBadge word={progressOf(request.data)} />
          <RiskBadge risk={risk} />
        </>
      }
      actions={mayCancel && <CancelRequest request={request.data} />}
    >
      <RequestDetail request={request.data} />
    </Page>
  );
}
