import { useState } from 'react';
import { CopyButton } from './CopyButton';
import classes from './HashText.module.css';

interface Props {
  hash: string;
  /** What this hash is of, for the accessible names: "plan hash". */
  what: string;
  /** The whole hash from the start: where somebody decides on it. */
  full?: boolean;
}

const EDGE = 8;

/** A hash or an id: its two ends, the whole on request, and a copy button. */
export function HashText({ hash, what, full = false }: Props) {
  const [open, setOpen] = useState(full);
  const short = hash.length > 2 * EDGE + 1;
  return (
    <span className={classes.hash}>
      {open || !short ? (
        <code className={classes.whole}>{hash}</code>
      ) : (
        <button
          type="button"
          className={classes.short}
          title={hash}
          aria-label={`${what} ${hash.slice(0, EDGE)}… Show in full`}
          onClick={() => setOpen(true)}
        >
          <code>
            {hash.slice(0, EDGE)}
            <span className={classes.gap}>…</span>
            {hash.slice(-EDGE)}
          </code>
        </button>
      )}
      <CopyButton text={hash} what={what} />
    </span>
  );
}
