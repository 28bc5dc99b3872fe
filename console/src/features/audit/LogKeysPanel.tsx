import { useMay } from '#/features/identity';
import { Facts } from '#/ui/Facts';
import { HashText } from '#/ui/HashText';
import { Loading } from '#/ui/Loading';
import { Moment } from '#/ui/Moment';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { useLogKeys } from './queries';
import { RotateLogKey } from './RotateLogKey';

/** Which key signs the log, which ones did, and for owners the way to replace it. */
export function LogKeysPanel() {
  const keys = useLogKeys();
  const may = useMay();
  const [current, ...retired] = keys.data?.keys ?? [];
  return (
    <Panel
      title="Log key"
      note="Signs the log’s checkpoints and the evidence. What a replaced key signed still verifies."
    >
      {keys.isError && <ProblemNotice error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.isPending && <Loading what="the keys of the log" lines={1} />}
      {keys.data !== undefined && current !== undefined && (
        <>
          <Facts
            facts={[
              ['Key id', <HashText key="id" hash={current.keyId} what="key id" />],
              ['Signs since', <Moment key="since" at={current.notBefore} />],
              ['Version of the keys', keys.data.version],
              ['Replaced keys', retired.length === 0 ? null : retired.map(({ keyId }) => keyId).join(', ')],
            ]}
          />
          {may('audit:rotate-key') && <RotateLogKey version={keys.data.version} keyId={current.keyId} />}
        </>
      )}
    </Panel>
  );
}
