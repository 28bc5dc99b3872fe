import { Button, Drawer } from '@mantine/core';
import type { Entitlement } from '#/api/types';
import { useMay } from '#/features/identity';
import { Facts } from '#/ui/Facts';
import { HashText } from '#/ui/HashText';
import { Loading } from '#/ui/Loading';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { RiskBadge } from '#/ui/RiskBadge';
import { hasText, spaced } from '#/words';
import classes from './EntitlementDrawer.module.css';
import { useEntitlement } from './queries';
import { StageRules } from './StageRules';

const UNDESCRIBED = 'Nobody has described this entitlement yet.';

interface Props {
  id: string;
  onClose: () => void;
  onRequest: (entitlement: Entitlement) => void;
}

/** One entitlement of the catalogue, and the way to ask for it. */
export function EntitlementDrawer({ id, onClose, onRequest }: Props) {
  const entitlement = useEntitlement(id);
  return (
    <Drawer opened onClose={onClose} title={entitlement.data?.name ?? 'Entitlement'}>
      {entitlement.isError && (
        <ProblemNotice error={entitlement.error} onRetry={() => void entitlement.refetch()} />
      )}
      {entitlement.isPending && <Loading what="the entitlement" lines={6} />}
      {entitlement.data !== undefined && <Detail entitlement={entitlement.data} onRequest={onRequest} />}
    </Drawer>
  );
}

function Detail({ entitlement, onRequest }: { entitlement: Entitlement; onRequest: Props['onRequest'] }) {
  const may = useMay();
  return (
    <div className={classes.detail}>
      {entitlement.held && (
        <Notice tone="good" title="You hold this already">
          Your account in {entitlement.connectorName} has it. You can ask for its removal.
        </Notice>
      )}
      <p className={classes.description}>
        {hasText(entitlement.description) ? entitlement.description : UNDESCRIBED}
      </p>
      <Facts
        facts={[
          ['Risk', <RiskBadge key="risk" risk={entitlement.risk} />],
          ['System', entitlement.connectorName],
          ['Kind', spaced(entitlement.kind)],
          ['Held by', `${entitlement.holders} ${entitlement.holders === 1 ? 'account' : 'accounts'}`],
          [
            'Name in the system',
            <HashText key="native" hash={entitlement.nativeId} what="name in the system" full />,
          ],
        ]}
      />
      <StageRules entitlement={entitlement} />
      {may('requests:create') && (
        <Button
          variant={entitlement.held ? 'default' : 'filled'}
          onClick={() => onRequest(entitlement)}
          data-autofocus
        >
          {entitlement.held ? 'Request removal' : 'Request access'}
        </Button>
      )}
    </div>
  );
}
