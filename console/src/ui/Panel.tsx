import { useId, type ReactNode } from 'react';
import classes from './Panel.module.css';

interface Props {
  title?: string;
  note?: ReactNode;
  actions?: ReactNode;
  /** The content reaches the edges: tables, lists. */
  flush?: boolean;
  children: ReactNode;
}

/** A titled region of a page. */
export function Panel({ title, note, actions, flush = false, children }: Props) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <header className={classes.header}>
          <div>
            <h2 id={id} className={classes.title}>
              {title}
            </h2>
            {note !== undefined && <p className={classes.note}>{note}</p>}
          </div>
          {actions !== undefined && <div className={classes.actions}>{actions}</div>}
        </header>
      )}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
