import { asJson, canonical } from '#/api/canonical';
import { recordOf } from '#/api/hashed';
import type { AuditEventDetail } from '#/api/types';
import { CodeBlock } from '#/ui/CodeBlock';
import { Facts } from '#/ui/Facts';
import { HashText } from '#/ui/HashText';
import { Moment } from '#/ui/Moment';
import { StateBadge } from '#/ui/StateBadge';
import { AUDIT_OUTCOMES, wordOf } from '#/words';
import { actorName } from './actor';
import classes from './EventDrawer.module.css';
import { EventLinks } from './EventLinks';
import { InclusionCheck, InclusionCheckWithoutKeys } from './InclusionCheck';

interface Props {
  detail: AuditEventDetail;
  /** For whoever may not look for others: no ways from it to other events. */
  alone?: boolean;
}

/** What an event says, and what proves that it is in the log. */
export function EventDetail({ detail, alone = false }: Props) {
  const event = recordOf(detail);
  const { action, outcome, actor, at, target } = event;
  return (
    <div className={classes.detail}>
      <Facts
        facts={[
          ['Action', action],
          ['Outcome', <StateBadge key="outcome" word={wordOf(AUDIT_OUTCOMES, outcome)} />],
          ['Actor', actorName(actor)],
          ['When', <Moment key="at" at={at} exact />],
          [
            'Target',
            <span key="target">
              {target.type} <HashText hash={target.id} what="target id" />
            </span>,
          ],
        ]}
      />
      {!alone && <EventLinks event={event} />}
      <div>
        <span className={classes.label}>Leaf hash</span>
        <HashText hash={detail.leafHash} what="leaf hash" full />
      </div>
      {alone ? <InclusionCheckWithoutKeys detail={detail} /> : <InclusionCheck detail={detail} />}
      <CodeBlock title="Canonical event" text={canonical(asJson(detail.event))} what="canonical event" />
      <CodeBlock
        title={`Inclusion proof, ${detail.inclusionProof.length} hashes`}
        text={
          detail.inclusionProof.length === 0
            ? 'Empty: the event is the whole tree.'
            : detail.inclusionProof.join('\n')
        }
        what="inclusion proof"
      />
      <CodeBlock title="Checkpoint" text={detail.checkpoint} what="checkpoint" />
    </div>
  );
}
