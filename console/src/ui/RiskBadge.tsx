import { RISK_LEVELS, RISKS, wordOf } from '#/words';
import classes from './RiskBadge.module.css';

const BARS = [1, 2, 3, 4];

/** A risk: its word, and as many bars as it is high, so that the level does not hang on colour. */
export function RiskBadge({ risk }: { risk: string }) {
  const word = wordOf(RISKS, risk);
  const level = RISK_LEVELS[risk] ?? 0;
  return (
    <span className={classes.risk} data-tone={word.tone}>
      <span className={classes.bars} aria-hidden="true">
        {BARS.map((bar) => (
          <span key={bar} className={classes.bar} data-on={bar <= level || undefined} />
        ))}
      </span>
      {word.label}
    </span>
  );
}
