import { isLive, progressOf, titleOf, useRequests } from '#/features/requests';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { Panel } from '#/ui/Panel';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { List } from './List';

/** What the person who looks has asked for and is not over. */
export function MyOpenRequests() {
  const requests = useRequests({ mine: true });
  const open = requests.data?.items.filter(
    (request) => isLive(request) || request.workflowState === 'failed',
  );
  return (
    <Panel title="Your open requests" flush actions={<TextLink to="/requests">My requests</TextLink>}>
      <List
        label="Your open requests"
        answer={requests}
        items={open}
        empty={
          <EmptyState
            icon="requests"
            title="You have no open request"
            action={<TextLink to="/catalogue">Search the catalogue</TextLink>}
          >
            Ask for what you need; a decision usually takes minutes.
          </EmptyState>
        }
        row={(request) => ({
          key: request.id,
          what: (
            <TextLink to="/requests/$id" params={{ id: request.id }} fw={500}>
              {titleOf(request)}
            </TextLink>
          ),
          note: (
            <>
              {request.connectorName}, asked <Moment at={request.createdAt} />
            </>
          ),
          mark: <StateBadge word={progressOf(request)} />,
        })}
      />
    </Panel>
  );
}
