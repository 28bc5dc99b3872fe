import { createFileRoute } from '@tanstack/react-router';
import { DownloadButton, EvidenceDetail, useEvidencePackage } from '#/features/evidence';
import { PermissionGate } from '#/features/identity';
import { ShareButton } from '#/features/shares';
import { Loading } from '#/ui/Loading';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { PACKAGE_OUTCOMES, wordOf } from '#/words';

export const Route = createFileRoute('/evidence/$id')({
  component: () => (
    <PermissionGate title="Evidence package" anyOf={['evidence:read']}>
      <EvidencePage />
    </PermissionGate>
  ),
});

function EvidencePage() {
  const { id } = Route.useParams();
  const evidence = useEvidencePackage(id);
  return (
    <Page
      title="Evidence package"
      back={<TextLink to="/evidence">Evidence</TextLink>}
      marks={evidence.data && <StateBadge word={wordOf(PACKAGE_OUTCOMES, evidence.data.outcome)} />}
      actions={
        evidence.data && (
          <>
            <ShareButton what={{ kind: 'package', packageId: id }} />
            <DownloadButton id={id} />
          </>
        )
      }
    >
      {evidence.isError && <ProblemNotice error={evidence.error} onRetry={() => void evidence.refetch()} />}
      {evidence.isPending && (
        <Panel>
          <Loading what="the evidence package" lines={8} />
        </Panel>
      )}
      {evidence.data !== undefined && <EvidenceDetail evidence={evidence.data} />}
    </Page>
  );
}
