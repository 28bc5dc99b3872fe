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
      {(problem.traceId !== null || onRetry !== undefined) && (
        <div className={classes.foot}>
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
