import { planOf } from '#/api/hashed';
import { useApprovals } from '#/features/approvals';
import { titleOfPlan } from '#/features/workflow';
import { EmptyState } from '#/ui/EmptyState';
import { Panel } from '#/ui/Panel';
import { RiskBadge } from '#/ui/RiskBadge';
import { TextLink } from '#/ui/TextLink';
import { Moment } from '#/ui/Moment';
import { List } from './List';

/** The open approvals that the person who looks may decide. */
export function WaitingForMe() {
  const approvals = useApprovals('open');
  const mine = approvals.data?.items.filter(({ mayDecide }) => mayDecide);
  return (
    <Panel
      title="Waiting for your decision"
      flush
      actions={<TextLink to="/approvals">All approvals</TextLink>}
    >
      <List
        label="Approvals you may decide"
        answer={approvals}
        items={mine}
        empty={
          <EmptyState icon="approvals" title="Nothing waits for you">
            Plans you may decide appear here as soon as somebody asks.
          </EmptyState>
        }
        row={(approval) => ({
          key: approval.id,
          what: (
            <TextLink to="/approvals/$id" params={{ id: approval.id }} fw={500}>
              {titleOfPlan(planOf(approval))}
            </TextLink>
          ),
          note: (
            <>
              asked by {approval.requester.displayName}, expires <Moment at={approval.expiresAt} />
            </>
          ),
          mark: <RiskBadge risk={approval.risk} />,
        })}
      />
    </Panel>
  );
}
