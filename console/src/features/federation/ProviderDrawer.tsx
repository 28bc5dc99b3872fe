import { Drawer } from '@mantine/core';
import type { IdentityProvider } from '#/api/types';
import { useMay } from '#/features/identity';
import { CodeBlock } from '#/ui/CodeBlock';
import { Facts } from '#/ui/Facts';
import { HashText } from '#/ui/HashText';
import { Loading } from '#/ui/Loading';
import { Moment } from '#/ui/Moment';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { StateBadge } from '#/ui/StateBadge';
import { PROVIDER_PRESETS, PROVIDER_STATES } from '#/providerWords';
import { wordOf } from '#/words';
import { CheckProvider } from './CheckProvider';
import { EditProvider } from './EditProvider';
import classes from './federation.module.css';
import { MetadataNotice } from './MetadataNotice';
import { useProviders } from './queries';
import { RemoveProvider } from './RemoveProvider';

interface Props {
  id: string;
  onClose: () => void;
}

/** One provider: what to enter there, what was entered here, and whether it works. */
export function ProviderDrawer({ id, onClose }: Props) {
  const providers = useProviders();
  const provider = providers.data?.items.find((one) => one.id === id);
  return (
    <Drawer opened onClose={onClose} size="lg" title={provider?.name ?? 'Identity provider'}>
      {providers.isError && (
        <ProblemNotice error={providers.error} onRetry={() => void providers.refetch()} />
      )}
      {providers.isPending && <Loading what="the identity provider" lines={8} />}
      {provider !== undefined && <Detail provider={provider} onRemoved={onClose} />}
      {providers.data !== undefined && provider === undefined && (
        <Notice tone="info" title="This identity provider is not in the list">
          Somebody may have removed it meanwhile.
        </Notice>
      )}
    </Drawer>
  );
}

function Detail({ provider, onRemoved }: { provider: IdentityProvider; onRemoved: () => void }) {
  const { atTheProvider, certificates, metadata } = provider;
  const mayChange = useMay()('organization:federate');
  return (
    <div className={classes.stack}>
      <Facts
        facts={[
          ['State', <StateBadge key="state" word={wordOf(PROVIDER_STATES, provider.state)} />],
          ['Kind', wordOf(PROVIDER_PRESETS, provider.preset).label],
          ['Added', <Moment key="added" at={provider.createdAt} exact />],
          ['Client secret', provider.preset === 'saml' ? undefined : provider.hasSecret ? 'Set' : 'Not set'],
        ]}
      />
      <CodeBlock title="Redirect URI" text={atTheProvider.redirectUri} what="redirect URI" />
      {provider.preset === 'saml' && (
        <>
          <CodeBlock title="Our entity id" text={atTheProvider.entityId} what="entity id" />
          <CodeBlock title="Our metadata" text={atTheProvider.metadataUrl} what="address of our metadata" />
        </>
      )}
      {certificates.map(({ fingerprint, notAfter }) => (
        <Facts
          key={fingerprint}
          facts={[
            ['Signing certificate', <HashText key="hash" hash={fingerprint} what="certificate" />],
            ['Ends', <Moment key="end" at={notAfter} exact />],
          ]}
        />
      ))}
      {metadata && <MetadataNotice metadata={metadata} />}
      <CheckProvider provider={provider} />
      {mayChange ? (
        <>
          <EditProvider key={provider.version} provider={provider} />
          <RemoveProvider provider={provider} onRemoved={onRemoved} />
        </>
      ) : (
        <Notice tone="info" title="Only owners change it">
          Whoever runs a provider can be every member below owner.
        </Notice>
      )}
    </div>
  );
}
