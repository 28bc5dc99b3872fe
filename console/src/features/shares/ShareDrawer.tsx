import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Share, ShareDetail } from '#/api/types';
import { CodeBlock } from '#/ui/CodeBlock';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { Facts } from '#/ui/Facts';
import { Loading } from '#/ui/Loading';
import { Moment } from '#/ui/Moment';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { toast } from '#/ui/toast';
import { SHARE_STATES, wordOf } from '#/words';
import { useRevokeShare, useShare } from './queries';
import classes from './ShareDialog.module.css';
import { ShareTrail } from './ShareTrail';

interface Props {
  id: string;
  onClose: () => void;
}

/** One link: what it opens, who was there, and its end. */
export function ShareDrawer({ id, onClose }: Props) {
  const share = useShare(id);
  return (
    <Drawer opened onClose={onClose} size="xl" title="Share link">
      {share.isError && <ProblemNotice error={share.error} onRetry={() => void share.refetch()} />}
      {share.isPending && <Loading what="the link" lines={8} />}
      {share.data !== undefined && <Detail detail={share.data} />}
    </Drawer>
  );
}

function Detail({ detail: { share, trail } }: { detail: ShareDetail }) {
  return (
    <div className={classes.form}>
      <Facts
        facts={[
          ['For whom', share.recipient],
          ['State', <StateBadge key="state" word={wordOf(SHARE_STATES, share.state)} />],
          ['Made by', share.createdBy.displayName],
          ['Expires', <Moment key="expires" at={share.expiresAt} exact />],
          ['Uses', share.mostUses === undefined ? share.uses : `${share.uses} of ${share.mostUses}`],
          ['Revoked by', share.revokedBy?.displayName],
          ['Revoked on', share.revokedAt && <Moment key="revoked" at={share.revokedAt} exact />],
          [
            'Evidence package',
            share.packageId && (
              <TextLink key="package" to="/evidence/$id" params={{ id: share.packageId }}>
                Open the package
              </TextLink>
            ),
          ],
        ]}
      />
      {share.filter !== undefined && (
        <CodeBlock title="Filter" text={JSON.stringify(share.filter, null, 2)} what="filter" />
      )}
      {share.revokedAt === undefined && <RevokeButton share={share} />}
      <Panel title="Who was there" note="From the audit log, newest first." flush>
        <ShareTrail trail={trail} />
      </Panel>
    </div>
  );
}

function RevokeButton({ share }: { share: Share }) {
  const [opened, { open, close }] = useDisclosure(false);
  const revoke = useRevokeShare(share.id);
  return (
    <div>
      <Button variant="default" onClick={open}>
        Revoke link
      </Button>
      <ConfirmDialog
        opened={opened}
        title={`Revoke the link for ${share.recipient}?`}
        confirm="Revoke link"
        dangerous
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() =>
          revoke.mutate(undefined, {
            onSuccess: () => {
              close();
              toast('Link revoked', `It opens nothing any more for ${share.recipient}.`);
            },
          })
        }
        onClose={close}
      >
        <p>Their next request is refused. It cannot be taken back; you can make another link.</p>
      </ConfirmDialog>
    </div>
  );
}
