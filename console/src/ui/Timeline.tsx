import type { ReactNode } from 'react';
import type { Tone } from '#/theme';
import { Moment } from './Moment';
import { elapsed } from './time';
import classes from './Timeline.module.css';

export interface TimelineEntry {
  key: string;
  at: string;
  title: string;
  detail?: ReactNode;
  tone: Tone;
}

interface Props {
  label: string;
  entries: TimelineEntry[];
  /** What is being waited for; shown as the last, pulsing point. */
  waitingFor?: string | null;
}

/** What happened, in order, with the time that passed between. */
export function Timeline({ label, entries, waitingFor = null }: Props) {
  return (
    <ol className={classes.timeline} aria-label={label} aria-live="polite">
      {entries.map((entry, at) => {
        const before = entries[at - 1];
        return (
          <li key={entry.key} className={classes.entry} data-tone={entry.tone}>
            <div className={classes.head}>
              <span className={classes.title}>{entry.title}</span>
              <span className={classes.when}>
                {before !== undefined && (
                  <span className={classes.elapsed}>{elapsed(before.at, entry.at)}</span>
                )}
                <Moment at={entry.at} />
              </span>
            </div>
            {entry.detail !== undefined && <div className={classes.detail}>{entry.detail}</div>}
          </li>
        );
      })}
      {waitingFor !== null && (
        <li className={classes.entry} data-waiting>
          <span className={classes.waiting}>{waitingFor}</span>
        </li>
      )}
    </ol>
  );
}
