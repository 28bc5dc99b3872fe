import type { ReactNode } from 'react';
import { Wordmark } from '#/ui/Wordmark';
import classes from './SharedFrame.module.css';

/** The frame for whoever has no account: nothing to navigate to. */
export function SharedFrame({ children }: { children: ReactNode }) {
  return (
    <div className={classes.frame}>
      <header className={classes.bar}>
        <Wordmark />
        <span>Read only</span>
      </header>
      <main className={classes.main}>{children}</main>
    </div>
  );
}
