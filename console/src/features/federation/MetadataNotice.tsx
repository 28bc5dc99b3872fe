import type { IdentityProvider } from '#/api/types';
import { Moment } from '#/ui/Moment';
import { Notice } from '#/ui/Notice';
import { PROVIDER_FINDINGS } from '#/providerWords';
import { wordOf } from '#/words';

/** What became of the metadata that is read again every day. Nothing while it is as it should be. */
export function MetadataNotice({ metadata }: { metadata: NonNullable<IdentityProvider['metadata']> }) {
  const { readAt, failingSince, failure } = metadata;
  if (failure === undefined || failingSince === undefined) return null;
  return (
    <Notice tone="warning" title="Its metadata cannot be used">
      <p>{wordOf(PROVIDER_FINDINGS, failure).label}</p>
      <p>
        Since <Moment at={failingSince} exact />, read last <Moment at={readAt} exact />. People still sign in
        with what was known before; when the provider changes its key, they cannot.
      </p>
    </Notice>
  );
}
