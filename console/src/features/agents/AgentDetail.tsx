import type { ReactNode } from 'react';
import { AGENT_HEALTH, AGENT_STATES } from '#/agentWords';
import type { AgentDetail as Detail } from '#/api/types';
import { useMay } from '#/features/identity';
import { Columns } from '#/ui/Columns';
import { Facts } from '#/ui/Facts';
import { HashText } from '#/ui/HashText';
import { Moment } from '#/ui/Moment';
import { useNow } from '#/ui/now';
import { Panel } from '#/ui/Panel';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { wordOf } from '#/words';
import { AgentWarnings } from './AgentWarnings';
import { isOpen } from './enrolment';
import { EnrolmentTable } from './EnrolmentTable';
import { FindingList } from './FindingList';
import { IssueEnrolment } from './IssueEnrolment';
import { LatestObservations } from './LatestObservations';
import { PackageTable } from './PackageTable';
import { ReceiptTable } from './ReceiptTable';

/** One agent: what it is, what it was told, and what it said. */
export function AgentDetail({ detail }: { detail: Detail }) {
  const { agent, findings, packages, receipts, observations } = detail;
  return (
    <>
      <AgentWarnings detail={detail} />
      <Columns
        main={
          <>
            {findings.length > 0 && (
              <Panel title="Findings" note="What does not agree. They stay when their cause is gone.">
                <FindingList findings={findings} />
              </Panel>
            )}
            {agent.state === 'pending' && <Enrolment detail={detail} />}
            <Panel title="Action packages" note="Signed orders, each for one approved step." flush>
              <PackageTable packages={packages} />
            </Panel>
            <Panel title="Receipts" note="What the agent says became of them, signed with its key." flush>
              <ReceiptTable receipts={receipts} packages={packages} />
            </Panel>
            {agent.state !== 'pending' && detail.enrolmentTokens.length > 0 && <Enrolment detail={detail} />}
          </>
        }
        side={
          <>
            <Panel title="Agent">
              <AgentFacts detail={detail} />
            </Panel>
            <Panel title="Last observed" note="The last word of each source on the host.">
              <LatestObservations observations={observations} />
            </Panel>
          </>
        }
      />
    </>
  );
}

function Enrolment({ detail: { agent, enrolmentTokens } }: { detail: Detail }) {
  const may = useMay();
  const now = useNow();
  const issues = agent.state === 'pending' && may('agents:manage');
  return (
    <Panel
      title="Enrolment"
      note="A token makes one host this agent. What it is, is shown once, when it is issued."
      actions={
        issues && (
          <IssueEnrolment agent={agent} replaces={enrolmentTokens.some((token) => isOpen(token, now))} />
        )
      }
      flush
    >
      <EnrolmentTable agent={agent} tokens={enrolmentTokens} />
    </Panel>
  );
}

function AgentFacts({ detail }: { detail: Detail }) {
  const { agent } = detail;
  const may = useMay();
  return (
    <Facts
      narrow
      facts={[
        ['State', <StateBadge key="state" word={wordOf(AGENT_STATES, agent.state)} />],
        ['Health', agent.health && <StateBadge word={wordOf(AGENT_HEALTH, agent.health)} />],
        ...hostFacts(detail),
        ['Named', <Moment key="named" at={agent.createdAt} exact />],
        [
          'Audit log',
          may('audit:read') ? (
            <TextLink to="/audit" search={{ targetType: 'agent', targetId: agent.id }}>
              What was done and asked of it
            </TextLink>
          ) : null,
        ],
        ['Ended', agent.endedAt === undefined ? null : <Moment at={agent.endedAt} exact />],
      ]}
    />
  );
}

/** What the host said of itself. */
function hostFacts({ agent: { host }, actionTypes }: Detail): [name: string, value: ReactNode][] {
  if (host === undefined) return [['Host', 'None yet']];
  const missing = actionTypes.filter(({ known }) => !known).map(({ type }) => type);
  return [
    ['Last seen', host.lastSeenAt === undefined ? null : <Moment at={host.lastSeenAt} exact />],
    ['Host', host.name],
    ['Version', host.version],
    ['Coverage', `${actionTypes.length - missing.length} of ${actionTypes.length} types of actions`],
    ['Would not do', missing.length === 0 ? null : missing.join(', ')],
    ['Key', <HashText key="key" hash={host.keyThumbprint} what="key thumbprint" />],
    ['Enrolled', <Moment key="enrolled" at={host.enrolledAt} exact />],
  ];
}
