import { createFileRoute } from '@tanstack/react-router';
import { useMe } from '#/features/identity';
import { CredentialsView, SessionsHelp, SessionsView, SignInWays } from '#/features/sessions';
import { Columns } from '#/ui/Columns';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';

export const Route = createFileRoute('/sessions')({ component: SessionsPage });

function SessionsPage() {
  const { memberId } = useMe();
  return (
    <Page
      title="Your sessions"
      lead="The browsers in which you are signed in, and with what you sign in. End what you do not know, or do not need any more."
    >
      <Columns
        main={
          <>
            <Panel title="Where you are signed in" flush>
              <SessionsView memberId={memberId} mayEnd />
            </Panel>
            <Panel title="What you can sign in with" flush>
              <CredentialsView />
            </Panel>
            <Panel title="How you sign in">
              <SignInWays />
            </Panel>
          </>
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
