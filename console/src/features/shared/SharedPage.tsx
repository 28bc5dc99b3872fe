import { useState } from 'react';
import { asProblem } from '#/api/problem';
import { EmptyState } from '#/ui/EmptyState';
import { Loading } from '#/ui/Loading';
import { exactTime } from '#/ui/time';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { TokenContext, useShared } from './queries';
import { SharedEvents } from './SharedEvents';
import { SharedFrame } from './SharedFrame';
import { SharedPackage } from './SharedPackage';

/** What a link opens, for whoever holds it. The token is taken once, so that the address can forget it. */
export function SharedPage({ token }: { token: string }) {
  const [held] = useState(token);
  return (
    <TokenContext value={held}>
      <SharedFrame>{held === '' ? <Closed /> : <Shared />}</SharedFrame>
    </TokenContext>
  );
}

function Shared() {
  const shared = useShared();
  if (shared.isError) {
    return asProblem(shared.error).slug === 'no-such-share' ? (
      <Closed />
    ) : (
      <Page title="Shared with you">
        <ProblemNotice error={shared.error} onRetry={() => void shared.refetch()} />
      </Page>
    );
  }
  if (shared.data === undefined) {
    return (
      <Page title="Shared with you">
        <Panel>
          <Loading what="what is shared" lines={8} />
        </Panel>
      </Page>
    );
  }
  const { organizationName, recipient, expiresAt, packageId } = shared.data;
  const lead = `Shared by ${organizationName} with ${recipient}, until ${exactTime(expiresAt)}. Each visit is on record there.`;
  return packageId === undefined ? <SharedEvents lead={lead} /> : <SharedPackage lead={lead} />;
}

/** The same for a link that has ended and for one that never was: which of them is nobody's business. */
function Closed() {
  return (
    <Page title="This link opens nothing">
      <Panel>
        <EmptyState icon="lock" title="It may have expired, or been revoked or used up">
          If you reloaded the page, open the link from where you got it. Otherwise ask whoever gave it to you
          for another one.
        </EmptyState>
      </Panel>
    </Page>
  );
}
