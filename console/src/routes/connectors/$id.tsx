import { createFileRoute } from '@tanstack/react-router';
import { ConnectorDetail, ObserveButton, useConnector } from '#/features/connectors';
import { PermissionGate, useMay } from '#/features/identity';
import { Loading } from '#/ui/Loading';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { TextLink } from '#/ui/TextLink';

export const Route = createFileRoute('/connectors/$id')({
  component: () => (
    <PermissionGate title="Connector" anyOf={['connectors:read']}>
      <ConnectorPage />
    </PermissionGate>
  ),
});

function ConnectorPage() {
  const { id } = Route.useParams();
  const connector = useConnector(id);
  const may = useMay();
  return (
    <Page
      title={connector.data?.name ?? 'Connector'}
      back={<TextLink to="/connectors">Connectors</TextLink>}
      actions={connector.data && may('connectors:manage') && <ObserveButton connectorId={id} />}
    >
      {connector.isError && (
        <ProblemNotice error={connector.error} onRetry={() => void connector.refetch()} />
      )}
      {connector.isPending && (
        <Panel>
          <Loading what="the connector" lines={6} />
        </Panel>
      )}
      {connector.data !== undefined && <ConnectorDetail connector={connector.data} />}
    </Page>
  );
}
