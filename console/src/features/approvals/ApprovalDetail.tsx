import { isRequested, planOf } from '#/api/hashed';
import type { Approval } from '#/api/types';
import { useMay } from '#/features/identity';
import { PlanView } from '#/features/workflow';
import { Columns } from '#/ui/Columns';
import { Facts } from '#/ui/Facts';
import { Moment } from '#/ui/Moment';
import { Panel } from '#/ui/Panel';
import { RiskBadge } from '#/ui/RiskBadge';
import { TextLink } from '#/ui/TextLink';
import { DecisionForm } from './DecisionForm';
import { DecisionList } from './DecisionList';
import { StageProgress } from './StageProgress';
import { WhyNot } from './WhyNot';

function AgentLink({ id }: { id: string }) {
  const may = useMay();
  if (!may('agents:read')) return id;
  return (
    <TextLink to="/agents/$id" params={{ id }}>
      Open the agent
    </TextLink>
  );
}

/** One approval: the exact plan with its hash, and what people said to it. */
export function ApprovalDetail({ approval }: { approval: Approval }) {
  const plan = planOf(approval);
  const agent = plan.steps.find(({ action }) => action !== undefined)?.action?.agentId;
  return (
    <Columns
      main={
        <>
          <Panel title="Request">
            <Facts
              facts={[
                ['Requester', approval.requester.displayName],
                ['Risk', <RiskBadge key="risk" risk={approval.risk} />],
                ['Asked', <Moment key="asked" at={approval.createdAt} exact />],
                ['Expires', <Moment key="expires" at={approval.expiresAt} exact />],
                [
                  'Request',
                  isRequested(plan) ? (
                    <TextLink to="/requests/$id" params={{ id: plan.requestId }}>
                      Open the request
                    </TextLink>
                  ) : null,
                ],
                ['Agent', agent === undefined ? null : <AgentLink id={agent} />],
              ]}
            />
          </Panel>
          <Panel
            title="Exact plan"
            note="This is what is hashed, decided on and executed: all of it, and nothing else."
          >
            <PlanView plan={plan} planHash={approval.planHash} />
          </Panel>
        </>
      }
      side={
        <>
          <Panel title="Your decision">
            {approval.mayDecide ? <DecisionForm approval={approval} /> : <WhyNot approval={approval} />}
          </Panel>
          <Panel title="Stages">
            <StageProgress stages={approval.stages} />
          </Panel>
          <Panel title="Decisions">
            <DecisionList decisions={approval.decisions} />
          </Panel>
        </>
      }
    />
  );
}
