import { Drawer } from '@mantine/core';
import type { DirectoryDetail } from '#/api/types';
import { DIRECTORY_STATES } from '#/directoryWords';
import { CodeBlock } from '#/ui/CodeBlock';
import { Facts } from '#/ui/Facts';
import { Loading } from '#/ui/Loading';
import { Moment } from '#/ui/Moment';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { StateBadge } from '#/ui/StateBadge';
import { wordOf } from '#/words';
import classes from './directories.module.css';
import { EditDirectory } from './EditDirectory';
import { IssueToken } from './IssueToken';
import { useDirectory } from './queries';
import { TokenTable } from './TokenTable';

interface Props {
  id: string;
  onClose: () => void;
}

/** One directory: what to enter at the identity provider, its tokens, and what is said of it here. */
export function DirectoryDrawer({ id, onClose }: Props) {
  const detail = useDirectory(id);
  return (
    <Drawer opened onClose={onClose} size="xl" title={detail.data?.directory.name ?? 'Directory'}>
      {detail.isError && <ProblemNotice error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.isPending && <Loading what="the directory" lines={8} />}
      {detail.data !== undefined && <Detail detail={detail.data} />}
    </Drawer>
  );
}

function Detail({ detail: { directory, tokens } }: { detail: DirectoryDetail }) {
  return (
    <div className={classes.stack}>
      <Facts
        facts={[
          ['State', <StateBadge key="state" word={wordOf(DIRECTORY_STATES, directory.state)} />],
          ['Added', <Moment key="added" at={directory.createdAt} exact />],
          [
            'Last heard of',
            directory.lastRequestAt === undefined ? (
              'Never'
            ) : (
              <Moment key="heard" at={directory.lastRequestAt} exact />
            ),
          ],
        ]}
      />
      <CodeBlock title="Base URL" text={directory.baseUrl} what="base URL" />
      <Panel
        title="Tokens"
        note="The identity provider shows one with each request. What they are is shown once, when they are issued."
        actions={<IssueToken directory={directory} others={tokens.length} />}
        flush
      >
        <TokenTable directory={directory} tokens={tokens} />
      </Panel>
      <EditDirectory directory={directory} />
    </div>
  );
}
