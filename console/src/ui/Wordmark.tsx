import classes from './Wordmark.module.css';

/** The name with its mark: a small tree of hashes. */
export function Wordmark() {
  return (
    <span className={classes.wordmark}>
      <svg aria-hidden="true" width="24" height="24" viewBox="0 0 24 24" fill="none" className={classes.mark}>
        <g stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round">
          <path d="M12 8v4M12 12H6v4M12 12h6v4" />
          <circle cx="12" cy="5" r="2.6" fill="currentColor" />
          <circle cx="6" cy="18.5" r="2.3" />
          <circle cx="18" cy="18.5" r="2.3" fill="currentColor" />
        </g>
      </svg>
      Nuxari
    </span>
  );
}
