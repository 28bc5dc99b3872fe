import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './Page.module.css';

interface Props {
  title: string;
  /** One sentence: what this page is for. */
  lead?: ReactNode;
  /** Where this page is reached from. */
  back?: ReactNode;
  /** State, risk: beside the title. */
  marks?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, lead, back, marks, actions, children }: Props) {
  useDocumentTitle(`${title} · Nuxari`);
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div className={classes.heading}>
          {back !== undefined && <div className={classes.back}>{back}</div>}
          <div className={classes.titleRow}>
            <h1 className={classes.title}>{title}</h1>
            {marks}
          </div>
          {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
