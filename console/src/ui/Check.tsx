import type { ReactNode } from 'react';
import classes from './Check.module.css';
import { Icon, type IconName } from './Icon';

export type CheckResult = 'computing' | 'passed' | 'refuted' | 'unavailable';

interface Props {
  result: CheckResult;
  children: ReactNode;
}

const ICONS: Record<CheckResult, IconName> = {
  computing: 'clock',
  passed: 'check',
  refuted: 'cross',
  unavailable: 'info',
};

/** Something this browser computed for itself, and what came of it. */
export function Check({ result, children }: Props) {
  return (
    <p className={classes.check} data-result={result} role="status">
      <Icon name={ICONS[result]} size={16} />
      <span>{children}</span>
    </p>
  );
}
