import { createFileRoute } from '@tanstack/react-router';
import { useMe } from '#/features/identity';
import { SessionsHelp, SessionsView } from '#/features/sessions';
import { Columns } from '#/ui/Columns';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';

export const Route = createFileRoute('/sessions')({ component: SessionsPage });

function SessionsPage() {
  const { memberId } = useMe();
  return (
    <Page
      title="Your sessions"
      lead="The browsers in which you are signed in. End what you do not know, or do not need any more."
    >
      <Columns
        main={
          <Panel flush>
            <SessionsView memberId={memberId} mayEnd />
          </Panel>
        }
        side={
          <Panel title="What ending a session means">
            <SessionsHelp />
          </Panel>
        }
      />
    </Page>
  );
}
