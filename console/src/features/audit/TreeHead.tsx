import { HashText } from '#/ui/HashText';
import { Loading } from '#/ui/Loading';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { Facts } from '#/ui/Facts';
import { useAuditHead } from './queries';

/** How many events the log has, and the root over all of them. */
export function TreeHead() {
  const head = useAuditHead();
  return (
    <Panel>
      {head.isError && <ProblemNotice error={head.error} onRetry={() => void head.refetch()} />}
      {head.isPending && <Loading what="the head of the log" lines={1} />}
      {head.data !== undefined && (
        <Facts
          facts={[
            ['Tree size', `${head.data.treeSize} events`],
            ['Root over all of them', <HashText key="root" hash={head.data.root} what="root hash" full />],
          ]}
        />
      )}
    </Panel>
  );
}
