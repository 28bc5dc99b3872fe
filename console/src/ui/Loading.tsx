import { Skeleton } from '@mantine/core';
import classes from './Loading.module.css';

interface Props {
  what: string;
  lines?: number;
}

/** The place of something that is being fetched. */
export function Loading({ what, lines = 3 }: Props) {
  return (
    <div className={classes.loading} role="status" aria-label={`Loading ${what}`}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={14} radius="sm" width={line === lines - 1 ? '55%' : '100%'} />
      ))}
    </div>
  );
}
