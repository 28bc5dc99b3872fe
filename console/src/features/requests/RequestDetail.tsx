import { planOf } from '#/api/hashed';
import type { AccessRequest, Approval } from '#/api/types';
import { DecisionList, StageProgress, useApproval } from '#/features/approvals';
import { useMay } from '#/features/identity';
import { PlanView, useWorkflow, WorkflowFailure, WorkflowTimeline } from '#/features/workflow';
import { Columns } from '#/ui/Columns';
import { Loading } from '#/ui/Loading';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { RequestFacts } from './RequestFacts';

/** One request: its plan, what people say to it, and what is done. */
export function RequestDetail({ request }: { request: AccessRequest }) {
  const may = useMay();
  const workflow = useWorkflow(request.workflowId);
  const approval = useApproval(may('approvals:read') ? request.approvalId : null);
  const planned = workflow.data ?? approval.data;
  return (
    <Columns
      main={
        <>
          <Progress workflow={workflow} />
          {planned !== undefined && (
            <Panel title="Plan" note="Approvers decide on exactly this; nothing else can be executed.">
              <PlanView plan={planOf(planned)} planHash={planned.planHash} />
            </Panel>
          )}
        </>
      }
      side={
        <>
          <Panel title="Request">
            <RequestFacts request={request} />
          </Panel>
          {approval.data !== undefined && <Answers approval={approval.data} />}
        </>
      }
    />
  );
}

function Progress({ workflow }: { workflow: ReturnType<typeof useWorkflow> }) {
  return (
    <>
      {workflow.data !== undefined && <WorkflowFailure workflow={workflow.data} />}
      <Panel title="Timeline">
        {workflow.data !== undefined && <WorkflowTimeline workflow={workflow.data} />}
        {workflow.data === undefined && workflow.isFetching && <Loading what="the timeline" />}
        {workflow.error !== null && (
          <ProblemNotice error={workflow.error} onRetry={() => void workflow.refetch()} />
        )}
      </Panel>
    </>
  );
}

function Answers({ approval }: { approval: Approval }) {
  return (
    <>
      <Panel title="Approval">
        <StageProgress stages={approval.stages} />
      </Panel>
      <Panel title="Decisions">
        <DecisionList decisions={approval.decisions} />
      </Panel>
    </>
  );
}
