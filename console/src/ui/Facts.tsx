import type { ReactNode } from 'react';
import classes from './Facts.module.css';

interface Props {
  facts: [name: string, value: ReactNode][];
  /** One below the other also where there is room: in drawers. */
  narrow?: boolean;
}

/** Names and values, as a description list. A value that is null is left out. */
export function Facts({ facts, narrow = false }: Props) {
  return (
    <dl className={classes.facts} data-narrow={narrow || undefined}>
      {facts
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
