import type { ReactNode } from 'react';
import type { Tone } from '#/theme';
import { Icon, type IconName } from './Icon';
import classes from './Notice.module.css';

interface Props {
  tone: Extract<Tone, 'info' | 'good' | 'warning' | 'bad'>;
  title: string;
  children?: ReactNode;
  /** Read out at once: something went wrong. */
  urgent?: boolean;
}

const ICONS: Record<Props['tone'], IconName> = {
  info: 'info',
  good: 'check',
  warning: 'warning',
  bad: 'warning',
};

/** Something to know before going on. */
export function Notice({ tone, title, children, urgent = false }: Props) {
  return (
    <div className={classes.notice} data-tone={tone} role={urgent ? 'alert' : 'note'}>
      <Icon name={ICONS[tone]} />
      <div className={classes.text}>
        <p className={classes.title}>{title}</p>
        {children !== undefined && <div className={classes.body}>{children}</div>}
      </div>
    </div>
  );
}
