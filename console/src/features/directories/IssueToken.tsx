import { Button, Modal, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { Directory, IssuedToken } from '#/api/types';
import { CodeBlock } from '#/ui/CodeBlock';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import classes from './directories.module.css';
import { useIssueToken } from './queries';

interface Props {
  directory: Directory;
  /** How many tokens there are. */
  others: number;
}

const OVERLAPS = [
  { value: '0', label: 'At once' },
  { value: '1', label: 'In 1 hour' },
  { value: '4', label: 'In 4 hours' },
  { value: '24', label: 'In 24 hours' },
];

/** Issues a token in a dialog of its own: what is shown there is gone with it. */
export function IssueToken({ directory, others }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        Issue token…
      </Button>
      {opened && <IssueDialog directory={directory} others={others} onClose={close} />}
    </>
  );
}

function IssueDialog({ directory, others, onClose }: Props & { onClose: () => void }) {
  const issue = useIssueToken(directory.id);
  const [overlap, setOverlap] = useState('0');
  return (
    <Modal
      opened
      // The token is gone with the dialog: a click beside it is no way to lose it.
      closeOnClickOutside={!issue.isSuccess}
      onClose={onClose}
      title={issue.isSuccess ? 'The token' : `Issue a token for ${directory.name}`}
      size="lg"
    >
      {issue.isSuccess ? (
        <Issued issued={issue.data} onClose={onClose} />
      ) : (
        <form
          className={classes.stack}
          onSubmit={(event) => {
            event.preventDefault();
            issue.mutate(Number(overlap));
          }}
        >
          <p>Whoever has the token can say who your people are, up to the ceiling.</p>
          {others > 0 && (
            <Select
              label="The tokens that are there end"
              description="Leave time to enter the new one at the identity provider."
              data={OVERLAPS}
              value={overlap}
              allowDeselect={false}
              onChange={(chosen) => setOverlap(chosen ?? overlap)}
            />
          )}
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

/** The token, the one time that it can be shown. */
function Issued({ issued: { token, baseUrl }, onClose }: { issued: IssuedToken; onClose: () => void }) {
  const shown = useRef<HTMLDivElement>(null);
  // The button that asked for it is gone. Whoever pressed it is led here, and not to what closes the dialog.
  useEffect(() => shown.current?.focus(), []);
  return (
    <div ref={shown} className={classes.shown} role="group" aria-label="The token" tabIndex={-1}>
      <Notice tone="warning" title="Copy it now: it is not shown again">
        Enter it at the identity provider, and keep it nowhere else. If it gets lost, issue another one and
        revoke this one.
      </Notice>
      <CodeBlock title="Base URL" text={baseUrl} what="base URL" />
      <CodeBlock title="Token" text={token} what="token" />
      <div className={classes.actions}>
        <Button onClick={onClose}>Done</Button>
      </div>
    </div>
  );
}
