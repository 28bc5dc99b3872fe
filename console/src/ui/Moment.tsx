import { Tooltip } from '@mantine/core';
import classes from './Moment.module.css';
import { useNow } from './now';
import { exactTime, relativeTime } from './time';

interface Props {
  at: string;
  /** The exact time stands beside the relative one. */
  exact?: boolean;
}

/** A time as people say it; the exact one is a tooltip, or stands beside it. */
export function Moment({ at, exact = false }: Props) {
  const said = relativeTime(at, useNow());
  if (exact) {
    return (
      <time dateTime={at}>
        {exactTime(at)} <span className={classes.said}>({said})</span>
      </time>
    );
  }
  return (
    <Tooltip label={exactTime(at)} withArrow>
      <time dateTime={at} className={classes.short}>
        {said}
      </time>
    </Tooltip>
  );
}
