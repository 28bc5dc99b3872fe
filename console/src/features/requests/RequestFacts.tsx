import type { AccessRequest } from '#/api/types';
import { useMay } from '#/features/identity';
import { Facts } from '#/ui/Facts';
import { Moment } from '#/ui/Moment';
import { RiskBadge } from '#/ui/RiskBadge';
import { TextLink } from '#/ui/TextLink';

/** What was asked, by whom, and where it leads. */
export function RequestFacts({ request }: { request: AccessRequest }) {
  const may = useMay();
  const { entitlement, approvalId, workflowId, evidencePackageId, decidedAt } = request;
  return (
    <Facts
      narrow
      facts={[
        ['Justification', request.justification],
        ['Entitlement', entitlement?.name ?? null],
        ['System', request.connectorName],
        ['Account', request.account.displayName],
        ['Risk', <RiskBadge key="risk" risk={request.risk} />],
        ['Requester', request.requester.displayName],
        ['Asked', <Moment key="asked" at={request.createdAt} exact />],
        ['Decided', decidedAt ? <Moment at={decidedAt} exact /> : null],
        [
          'Approval',
          may('approvals:read') ? (
            <TextLink to="/approvals/$id" params={{ id: approvalId }}>
              Open the approval
            </TextLink>
          ) : null,
        ],
        [
          'Workflow',
          <TextLink key="workflow" to="/workflows/$id" params={{ id: workflowId }}>
            Open the workflow
          </TextLink>,
        ],
        ['Evidence', evidencePackageId ? <Evidence id={evidencePackageId} /> : null],
      ]}
    />
  );
}

function Evidence({ id }: { id: string }) {
  const may = useMay();
  if (!may('evidence:read')) return 'Sealed; owners, admins and auditors can open it';
  return (
    <TextLink to="/evidence/$id" params={{ id }}>
      Open the evidence package
    </TextLink>
  );
}
