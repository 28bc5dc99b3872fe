import { EvidenceDetail } from '#/features/evidence';
import { Loading } from '#/ui/Loading';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { StateBadge } from '#/ui/StateBadge';
import { PACKAGE_OUTCOMES, wordOf } from '#/words';
import { useSharedPackage } from './queries';
import { SharedDownloads } from './SharedDownloads';

/** A package as members see it, without the ways to what is not shared. */
export function SharedPackage({ lead }: { lead: string }) {
  const evidence = useSharedPackage();
  return (
    <Page
      title="Evidence package"
      lead={lead}
      marks={evidence.data && <StateBadge word={wordOf(PACKAGE_OUTCOMES, evidence.data.outcome)} />}
      actions={evidence.data && <SharedDownloads />}
    >
      {evidence.isError && <ProblemNotice error={evidence.error} onRetry={() => void evidence.refetch()} />}
      {evidence.isPending && (
        <Panel>
          <Loading what="the evidence package" lines={8} />
        </Panel>
      )}
      {evidence.data !== undefined && <EvidenceDetail evidence={evidence.data} alone />}
    </Page>
  );
}
