import { isRequested, planOf } from '#/api/hashed';
import type { Workflow } from '#/api/types';
import { useMay } from '#/features/identity';
import { Columns } from '#/ui/Columns';
import { Facts } from '#/ui/Facts';
import { HashText } from '#/ui/HashText';
import { Moment } from '#/ui/Moment';
import { Panel } from '#/ui/Panel';
import { TextLink } from '#/ui/TextLink';
import { PlanView } from './PlanView';
import { WorkflowFailure } from './WorkflowFailure';
import { WorkflowSteps } from './WorkflowSteps';
import { WorkflowTimeline } from './WorkflowTimeline';

/** Everything about one workflow. */
export function WorkflowDetail({ workflow }: { workflow: Workflow }) {
  return (
    <>
      <WorkflowFailure workflow={workflow} />
      <Columns
        main={
          <>
            <Panel title="Timeline">
              <WorkflowTimeline workflow={workflow} />
            </Panel>
            <Panel title="Plan" note="What was approved; nothing else can be executed.">
              <PlanView plan={planOf(workflow)} planHash={workflow.planHash} />
            </Panel>
          </>
        }
        side={
          <>
            <Panel title="Steps">
              <WorkflowSteps workflow={workflow} />
            </Panel>
            <Panel title="References">
              <References workflow={workflow} />
            </Panel>
          </>
        }
      />
    </>
  );
}

function References({ workflow }: { workflow: Workflow }) {
  const may = useMay();
  const { requestId, approvalRef, evidencePackageId, endedAt } = workflow;
  return (
    <Facts
      narrow
      facts={[
        ['Workflow', <HashText key="id" hash={workflow.id} what="workflow id" />],
        [
          'Request',
          isRequested(planOf(workflow)) ? (
            <TextLink to="/requests/$id" params={{ id: requestId }}>
              Open the request
            </TextLink>
          ) : null,
        ],
        [
          'Approval',
          may('approvals:read') ? (
            <TextLink to="/approvals/$id" params={{ id: approvalRef }}>
              Open the approval
            </TextLink>
          ) : null,
        ],
        [
          'Evidence',
          evidencePackageId && may('evidence:read') ? (
            <TextLink to="/evidence/$id" params={{ id: evidencePackageId }}>
              Open the evidence package
            </TextLink>
          ) : null,
        ],
        [
          'Audit log',
          may('audit:read') ? (
            <TextLink to="/audit" search={{ following: workflow.id }}>
              Follow it in the audit log
            </TextLink>
          ) : null,
        ],
        ['Started', <Moment key="from" at={workflow.createdAt} exact />],
        ['Ended', endedAt ? <Moment at={endedAt} exact /> : null],
      ]}
    />
  );
}
