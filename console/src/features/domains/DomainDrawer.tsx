import { Drawer } from '@mantine/core';
import type { OrganizationDomain } from '#/api/types';
import { CodeBlock } from '#/ui/CodeBlock';
import { Facts } from '#/ui/Facts';
import { Loading } from '#/ui/Loading';
import { Moment } from '#/ui/Moment';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { StateBadge } from '#/ui/StateBadge';
import { exactTime } from '#/ui/time';
import { CheckDomain } from './CheckDomain';
import classes from './domains.module.css';
import { useDomains } from './queries';
import { RemoveDomain } from './RemoveDomain';
import { domainState } from './state';

interface Props {
  id: string;
  onClose: () => void;
}

/** One domain: the record to publish, what was found, and the way out. */
export function DomainDrawer({ id, onClose }: Props) {
  const domains = useDomains();
  const domain = domains.data?.items.find((one) => one.id === id);
  return (
    <Drawer opened onClose={onClose} size="lg" title={domain?.domain ?? 'Domain'}>
      {domains.isError && <ProblemNotice error={domains.error} onRetry={() => void domains.refetch()} />}
      {domains.isPending && <Loading what="the domain" lines={8} />}
      {domain !== undefined && <Detail domain={domain} onRemoved={onClose} />}
      {domains.data !== undefined && domain === undefined && (
        <Notice tone="info" title="This domain is not in the list">
          Somebody may have removed it meanwhile.
        </Notice>
      )}
    </Drawer>
  );
}

function Detail({ domain, onRemoved }: { domain: OrganizationDomain; onRemoved: () => void }) {
  return (
    <div className={classes.stack}>
      <Facts
        facts={[
          ['State', <StateBadge key="state" word={domainState(domain)} />],
          ['Added', <Moment key="added" at={domain.addedAt} exact />],
          ['Verified', domain.verifiedAt && <Moment key="verified" at={domain.verifiedAt} exact />],
        ]}
      />
      <Standing domain={domain} />
      <CodeBlock title="Name of the TXT record" text={domain.record.name} what="name of the record" />
      <CodeBlock title="Its value" text={domain.record.value} what="value of the record" />
      <CheckDomain domain={domain} />
      <RemoveDomain domain={domain} onRemoved={onRemoved} />
    </div>
  );
}

/** What to do now. */
function Standing({ domain: { domain, state, failingSince, lapsedAt } }: { domain: OrganizationDomain }) {
  if (failingSince !== undefined) {
    return (
      <Notice tone="warning" title={`The record is missing since ${exactTime(failingSince)}`}>
        Publish it again within seven days of that. Otherwise {domain} is no longer verified.
      </Notice>
    );
  }
  if (lapsedAt !== undefined) {
    return (
      <Notice tone="bad" title={`No longer verified since ${exactTime(lapsedAt)}`}>
        The record was missing for seven days in a row. Publish it again, then have it looked for.
      </Notice>
    );
  }
  return state === 'verified' ? (
    <p>Leave the record where it is: it is looked for every day.</p>
  ) : (
    <p>
      Publish this record in the DNS zone of {domain}, then have it looked for. It may take a while until new
      records are seen everywhere.
    </p>
  );
}
