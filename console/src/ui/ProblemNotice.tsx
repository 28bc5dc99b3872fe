import { Button } from '@mantine/core';
import { asProblem } from '#/api/problem';
import { adviceFor } from '#/problemWords';
import { CopyButton } from './CopyButton';
import { Notice } from './Notice';
import classes from './ProblemNotice.module.css';

interface Props {
  error: unknown;
  onRetry?: (() => void) | undefined;
}

/** An error as people can use it: what happened, what to do next, and the trace id for whoever helps. */
export function ProblemNotice({ error, onRetry }: Props) {
  const problem = asProblem(error);
  const advice = adviceFor(problem.slug);
  return (
    <Notice tone="bad" title={advice?.title ?? problem.title} urgent>
      {problem.detail !== null && <p>{problem.detail}</p>}
      {problem.errors.length > 0 && (
        <ul className={classes.fields}>
          {problem.errors.map(({ pointer, detail }) => (
            <li key={pointer + detail}>
              <code>{pointer.replace(/^[#/]+/, '')}</code> {detail}
            </li>
          ))}
        </ul>
      )}
      {advice !== null && <p className={classes.next}>{advice.next}</p>}
      {(problem.traceId !== null || problem.signIn !== null || onRetry !== undefined) && (
        <div className={classes.foot}>
          {problem.signIn !== null && <SecondFactor start={problem.signIn} />}
          {onRetry !== undefined && (
            <Button size="xs" variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
          {problem.traceId !== null && (
            <span className={classes.trace}>
              Trace id <code>{problem.traceId}</code>
              <CopyButton text={problem.traceId} what="trace id" />
            </span>
          )}
        </div>
      )}
    </Notice>
  );
}

/** Leaves for the broker and comes back to this page. What was typed here is gone by then, which is said. */
function SecondFactor({ start }: { start: string }) {
  const here = window.location.pathname + window.location.search;
  return (
    <Button size="xs" onClick={() => window.location.assign(`${start}&returnTo=${encodeURIComponent(here)}`)}>
      Show my second factor
    </Button>
  );
}
