import type { Plan } from '#/api/hashed';
import type { Approval, NewDecision } from '#/api/types';
import { titleOfPlan } from '#/features/workflow';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { Facts } from '#/ui/Facts';
import { HashText } from '#/ui/HashText';
import { RiskBadge } from '#/ui/RiskBadge';
import { toast } from '#/ui/toast';
import { useDecide } from './queries';

/** A decision that is not sent yet, with the plan it was made on. */
export interface Draft extends NewDecision {
  plan: Plan;
}

interface Props {
  approval: Approval;
  draft: Draft;
  onClose: () => void;
}

/** The last look before a decision: what, on which plan, why. */
export function DecisionDialog({ approval, draft, onClose }: Props) {
  const decide = useDecide(approval.id);
  const { plan, ...decision } = draft;
  const approving = decision.verdict === 'approve';
  const confirm = () =>
    decide.mutate(decision, {
      onSuccess: () => {
        toast(approving ? 'Plan approved' : 'Plan rejected', titleOfPlan(plan));
        onClose();
      },
    });
  return (
    <ConfirmDialog
      opened
      title={approving ? 'Approve this plan?' : 'Reject this plan?'}
      confirm={approving ? 'Confirm approval' : 'Confirm rejection'}
      dangerous={!approving}
      size="lg"
      pending={decide.isPending}
      disabled={decide.isError}
      error={decide.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Facts
        narrow
        facts={[
          ['Plan', titleOfPlan(plan)],
          ['Risk', <RiskBadge key="risk" risk={approval.risk} />],
          ['Requested by', approval.requester.displayName],
          ['Your reason', decision.reason],
          [
            'Plan hash your decision binds to',
            <HashText key="hash" hash={decision.planHash} what="plan hash" full />,
          ],
        ]}
      />
      <p>
        {approving
          ? 'Once the quorum is met, the plan is executed by itself, exactly as shown. This cannot be taken back.'
          : 'A rejection closes the approval. The requester can ask again.'}
      </p>
    </ConfirmDialog>
  );
}
