import type { ReactNode } from 'react';
import { Loading } from '#/ui/Loading';
import { ProblemNotice } from '#/ui/ProblemNotice';
import classes from './List.module.css';

interface Row {
  key: string;
  what: ReactNode;
  note?: ReactNode;
  mark?: ReactNode;
}

interface Props<T> {
  label: string;
  answer: { error: Error | null; refetch: () => unknown };
  items: T[] | undefined;
  empty: ReactNode;
  row: (item: T) => Row;
}

const MOST = 6;

/** A short list on the overview, with its loading, empty and failed states. */
export function List<T>({ label, answer, items, empty, row }: Props<T>) {
  if (items === undefined) {
    return answer.error === null ? (
      <Loading what={label} />
    ) : (
      <div className={classes.problem}>
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      </div>
    );
  }
  if (items.length === 0) return <>{empty}</>;
  return (
    <ul className={classes.list} aria-label={label}>
      {items.slice(0, MOST).map((item) => {
        const { key, what, note, mark } = row(item);
        return (
          <li key={key} className={classes.row}>
            <div className={classes.what}>
              {what}
              {note !== undefined && <span className={classes.note}>{note}</span>}
            </div>
            {mark}
          </li>
        );
      })}
    </ul>
  );
}
