import type { Word } from '#/words';
import classes from './StateBadge.module.css';

/** A state, an outcome or an operation, as one word. */
export function StateBadge({ word }: { word: Word }) {
  return (
    <span className={classes.badge} data-tone={word.tone}>
      {word.label}
    </span>
  );
}
