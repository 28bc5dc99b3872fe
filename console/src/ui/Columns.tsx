import type { ReactNode } from 'react';
import classes from './Columns.module.css';

interface Props {
  main: ReactNode;
  side: ReactNode;
}

/** Two columns where there is room, one below the other where there is not. */
export function Columns({ main, side }: Props) {
  return (
    <div className={classes.columns}>
      <div className={classes.column}>{main}</div>
      <div className={classes.column}>{side}</div>
    </div>
  );
}
