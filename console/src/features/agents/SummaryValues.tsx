import classes from './agents.module.css';
import { type Summary, valueText } from './summary';

/** The values of a summary, one below the other. */
export function SummaryValues({ summary }: { summary: Summary | null }) {
  if (summary === null) return <>–</>;
  return (
    <ul className={classes.values}>
      {summary.values.map((value) => (
        <li key={value[0]}>{valueText(value)}</li>
      ))}
    </ul>
  );
}
