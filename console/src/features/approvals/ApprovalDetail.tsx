import { planOf } from '#/api/hashed';
import type { Approval } from '#/api/types';
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

/** One approval: the exact plan with its hash, and what people said to it. */
export function ApprovalDetail({ approval }: { approval: Approval }) {
  const plan = planOf(approval);
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
                  <TextLink key="request" to="/requests/$id" params={{ id: plan.requestId }}>
                    Open the request
                  </TextLink>,
                ],
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
