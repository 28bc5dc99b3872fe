import { asJson, canonical } from '#/api/canonical';
import type { Plan, PlanStep } from '#/api/hashed';
import { CodeBlock } from '#/ui/CodeBlock';
import { Facts } from '#/ui/Facts';
import { HashText } from '#/ui/HashText';
import { Moment } from '#/ui/Moment';
import { StateBadge } from '#/ui/StateBadge';
import { OPERATIONS, spaced, wordOf } from '#/words';
import { PlanHashCheck } from './PlanHashCheck';
import classes from './PlanView.module.css';

interface Props {
  plan: Plan;
  planHash: string;
}

/** The plan as it will be executed: for people, then to the last character, with its hash beside it. */
export function PlanView({ plan, planHash }: Props) {
  return (
    <div className={classes.plan}>
      <ol className={classes.steps} aria-label="Steps of the plan">
        {plan.steps.map((step) => (
          <Step key={step.position} step={step} />
        ))}
      </ol>
      <Facts
        narrow
        facts={[
          ['Justification', plan.justification],
          ['Planned', <Moment key="at" at={plan.createdAt} exact />],
        ]}
      />
      <div className={classes.hash}>
        <span className={classes.label}>Plan hash (SHA-256 of the canonical JSON below)</span>
        <HashText hash={planHash} what="plan hash" full />
        <PlanHashCheck plan={plan} planHash={planHash} />
      </div>
      <CodeBlock title="Canonical JSON, RFC 8785" text={canonical(asJson(plan))} what="canonical plan" />
    </div>
  );
}

function Step({ step }: { step: PlanStep }) {
  return (
    <li className={classes.step}>
      <span className={classes.position}>{step.position}</span>
      <div className={classes.what}>
        <div className={classes.line}>
          <StateBadge word={wordOf(OPERATIONS, step.operation)} />
          {step.entitlement !== null && (
            <span>
              <strong>{step.entitlement.name}</strong>{' '}
              <span className={classes.kind}>{spaced(step.entitlement.kind).toLowerCase()}</span>
            </span>
          )}
        </div>
        <Facts
          facts={[
            ['System', step.connectorName],
            ['Account', `${step.account.displayName} (${step.account.nativeId})`],
            ['Entitlement in the system', step.entitlement === null ? null : step.entitlement.nativeId],
          ]}
        />
      </div>
    </li>
  );
}
