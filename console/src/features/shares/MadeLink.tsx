import { Button } from '@mantine/core';
import type { CreatedShare } from '#/api/types';
import { CodeBlock } from '#/ui/CodeBlock';
import { Notice } from '#/ui/Notice';
import { exactTime } from '#/ui/time';
import classes from './ShareDialog.module.css';

/** The link, the one time that it can be shown. */
export function MadeLink({ created, onClose }: { created: CreatedShare; onClose: () => void }) {
  const { share, token } = created;
  return (
    <div className={classes.form}>
      <Notice tone="warning" title="Copy it now: it is not shown again">
        Whoever has it can open it until {exactTime(share.expiresAt)}. Send it to {share.recipient} on a way
        that you trust. You can revoke it under “Share links”.
      </Notice>
      <CodeBlock title="Link" text={`${window.location.origin}/shared#${token}`} what="link" />
      <div className={classes.actions}>
        <Button onClick={onClose}>Done</Button>
      </div>
    </div>
  );
}
