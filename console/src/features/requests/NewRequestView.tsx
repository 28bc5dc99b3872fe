import type { AccessRequest, Operation } from '#/api/types';
import { StageRules, useEntitlement, useMyAccounts } from '#/features/access';
import { Columns } from '#/ui/Columns';
import { Facts } from '#/ui/Facts';
import { Loading } from '#/ui/Loading';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { RiskBadge } from '#/ui/RiskBadge';
import { spaced } from '#/words';
import { RequestForm } from './RequestForm';

interface Props {
  entitlementId: string;
  operation: Exclude<Operation, 'disable'>;
  onSubmitted: (request: AccessRequest) => void;
}

/** The form for one entitlement, beside what the entitlement is. */
export function NewRequestView({ entitlementId, operation, onSubmitted }: Props) {
  const entitlement = useEntitlement(entitlementId);
  const accounts = useMyAccounts(entitlement.data?.connectorId);
  const error = entitlement.error ?? accounts.error;
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void entitlement.refetch()} />;
  if (entitlement.data === undefined || accounts.data === undefined) {
    return (
      <Panel>
        <Loading what="the form" lines={6} />
      </Panel>
    );
  }
  const { name, description, risk, connectorName, kind, holders } = entitlement.data;
  return (
    <Columns
      main={
        <Panel title={operation === 'grant' ? 'What you ask for' : 'What you want removed'}>
          <RequestForm
            entitlement={entitlement.data}
            operation={operation}
            accounts={accounts.data.items}
            onSubmitted={onSubmitted}
          />
        </Panel>
      }
      side={
        <Panel title={name} {...(description ? { note: description } : {})}>
          <Facts
            facts={[
              ['Risk', <RiskBadge key="risk" risk={risk} />],
              ['System', connectorName],
              ['Kind', spaced(kind)],
              ['Held by', `${holders} accounts`],
            ]}
          />
          <StageRules entitlement={entitlement.data} />
        </Panel>
      }
    />
  );
}
