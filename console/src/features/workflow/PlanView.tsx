import type { ReactNode } from 'react';
import { ACTIONS, parameterLabel, parameterText } from '#/agentWords';
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

/** What the agent shall do, each parameter in full: it does this and nothing else. */
function actionFacts({ action, account }: PlanStep): [name: string, value: ReactNode][] {
  if (action === undefined) return [];
  return [
    ['Host', account.displayName],
    ...Object.entries(action.parameters).map(([name, value]): [string, ReactNode] => [
      parameterLabel(name),
      <code key={name}>{parameterText(name, value)}</code>,
    ]),
    ['Action', <code key="action">{action.type}</code>],
    ['Agent', action.agentId],
  ];
}

function Step({ step }: { step: PlanStep }) {
  const { action } = step;
  return (
    <li className={classes.step}>
      <span className={classes.position}>{step.position}</span>
      <div className={classes.what}>
        <div className={classes.line}>
          <StateBadge word={wordOf(OPERATIONS, step.operation)} />
          {action !== undefined && <strong>{wordOf(ACTIONS, action.type).label}</strong>}
          {step.entitlement !== null && (
            <span>
              <strong>{step.entitlement.name}</strong>{' '}
              <span className={classes.kind}>{spaced(step.entitlement.kind).toLowerCase()}</span>
            </span>
          )}
        </div>
        <Facts
          facts={[
            [action === undefined ? 'System' : 'Agent’s name', step.connectorName],
            [
              'Account',
              step.operation === 'perform' ? null : `${step.account.displayName} (${step.account.nativeId})`,
            ],
            ['Entitlement in the system', step.entitlement === null ? null : step.entitlement.nativeId],
            ...actionFacts(step),
          ]}
        />
      </div>
    </li>
  );
}
