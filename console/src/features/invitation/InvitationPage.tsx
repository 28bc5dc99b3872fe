import { Button } from '@mantine/core';
import { useState } from 'react';
import { asProblem } from '#/api/problem';
import { EmptyState } from '#/ui/EmptyState';
import { Facts } from '#/ui/Facts';
import { Loading } from '#/ui/Loading';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { exactTime } from '#/ui/time';
import { Wordmark } from '#/ui/Wordmark';
import { roleLabel } from '#/words';
import classes from './InvitationPage.module.css';
import { useAccept, useInvitation } from './queries';

interface Props {
  token: string;
  /** Leaves this page for where the invitation goes on. */
  onGo: (address: string) => void;
}

/** What a mail's link shows. The token is taken once, so that the address can forget it. */
export function InvitationPage({ token, onGo }: Props) {
  const [held] = useState(token);
  return (
    <div className={classes.frame}>
      <header className={classes.bar}>
        <Wordmark />
      </header>
      <main className={classes.main}>
        {held === '' ? <Closed /> : <Invitation token={held} onGo={onGo} />}
      </main>
    </div>
  );
}

function Invitation({ token, onGo }: Props) {
  const invitation = useInvitation(token);
  const accept = useAccept(token);
  const failure = accept.error ?? invitation.error;
  if (failure !== null && asProblem(failure).slug === 'invite-opens-nothing') return <Closed />;
  if (invitation.isError) {
    return (
      <Page title="Your invitation">
        <ProblemNotice error={invitation.error} onRetry={() => void invitation.refetch()} />
      </Page>
    );
  }
  if (invitation.data === undefined) {
    return (
      <Page title="Your invitation">
        <Panel>
          <Loading what="the invitation" lines={4} />
        </Panel>
      </Page>
    );
  }
  const { organizationName, role, invitedBy, expiresAt } = invitation.data;
  return (
    <Page title={`Join ${organizationName}`} lead={`${invitedBy} invites you to become a member.`}>
      <Panel>
        <Facts
          facts={[
            ['Organization', organizationName],
            ['Your role', roleLabel(role)],
            ['Invited by', invitedBy],
            ['Until', exactTime(expiresAt)],
          ]}
        />
        <p>
          You sign in next, with the address that the invitation was sent to. If you have no account yet, you
          set a password first.
        </p>
        {accept.isError && <ProblemNotice error={accept.error} />}
        <Button
          loading={accept.isPending}
          onClick={() => accept.mutate(undefined, { onSuccess: ({ next }) => onGo(next) })}
        >
          Accept invitation
        </Button>
      </Panel>
    </Page>
  );
}

/** The same for one that has ended and for one that never was: which of them is nobody's business. */
function Closed() {
  return (
    <Page title="This invitation opens nothing">
      <Panel>
        <EmptyState icon="lock" title="It may have expired, or been used, revoked or sent again">
          If you reloaded the page, open the link of the newest mail again. Otherwise ask whoever invited you
          for another one.
        </EmptyState>
      </Panel>
    </Page>
  );
}
