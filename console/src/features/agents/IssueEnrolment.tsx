import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import type { Agent, IssuedEnrolment } from '#/api/types';
import { CodeBlock } from '#/ui/CodeBlock';
import { Moment } from '#/ui/Moment';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import classes from './agents.module.css';
import { useIssueEnrolment } from './queries';

interface Props {
  agent: Agent;
  /** There is a token that still serves. */
  replaces: boolean;
}

/** Issues an enrolment token in a dialog of its own: what is shown there is gone with it. */
export function IssueEnrolment({ agent, replaces }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        Issue enrolment token…
      </Button>
      {opened && <IssueDialog agent={agent} replaces={replaces} onClose={close} />}
    </>
  );
}

function IssueDialog({ agent, replaces, onClose }: Props & { onClose: () => void }) {
  const issue = useIssueEnrolment();
  return (
    <Modal
      opened
      // The token is gone with the dialog: a click beside it is no way to lose it.
      closeOnClickOutside={!issue.isSuccess}
      onClose={onClose}
      title={issue.isSuccess ? 'The command' : `Issue an enrolment token for ${agent.name}`}
      size="lg"
    >
      {issue.isSuccess ? (
        <Issued issued={issue.data} onClose={onClose} />
      ) : (
        <form
          className={classes.stack}
          onSubmit={(event) => {
            event.preventDefault();
            issue.mutate(agent.id);
          }}
        >
          <p>The first host that uses the token becomes {agent.name}. It is good once, for 24 hours.</p>
          {replaces && <p>The token that is there ends at once.</p>}
          {issue.isError && <ProblemNotice error={issue.error} />}
          <div className={classes.actions}>
            <Button variant="default" onClick={onClose}>
              Go back
            </Button>
            <Button type="submit" loading={issue.isPending}>
              Issue token
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}

/** The token within its command, the one time that it can be shown. */
function Issued({ issued, onClose }: { issued: IssuedEnrolment; onClose: () => void }) {
  const shown = useRef<HTMLDivElement>(null);
  // The button that asked for it is gone. Whoever pressed it is led here, and not to what closes the dialog.
  useEffect(() => shown.current?.focus(), []);
  return (
    <div ref={shown} className={classes.shown} role="group" aria-label="The command" tabIndex={-1}>
      <Notice tone="warning" title="Copy it now: the token is shown once">
        Run it on the host, as root. If it gets lost, issue another one.
      </Notice>
      <CodeBlock title="On the host" text={issued.command} what="command" />
      <CodeBlock title="Fingerprint" text={issued.fingerprint} what="fingerprint" />
      <p>
        The fingerprint is of the keys of your organization. The host believes no other ones, so it notices
        when somebody between you and it answers in our place.
      </p>
      <p>
        Good until <Moment at={issued.expiresAt} exact />.
      </p>
      <div className={classes.actions}>
        <Button onClick={onClose}>Done</Button>
      </div>
    </div>
  );
}
