import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Loading } from '#/ui/Loading';
import { ProblemNotice } from '#/ui/ProblemNotice';
import classes from './SessionGate.module.css';
import { sessionQuery } from './queries';
import { SessionContext } from './session';
import { SignedOut } from './SignedOut';

/** Shows what is below it to whoever is signed in, and the way in to everybody else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useQuery(sessionQuery);
  const { data: me } = session;
  if (me === undefined) {
    return (
      <main className={classes.waiting}>
        {session.isError ? (
          <ProblemNotice error={session.error} onRetry={() => void session.refetch()} />
        ) : (
          <Loading what="your session" />
        )}
      </main>
    );
  }
  return me === null ? <Outside /> : <SessionContext value={me}>{children}</SessionContext>;
}

function Outside() {
  // Read once: where the person was when the session ended is where they come back to.
  const [returnTo] = useState(() => window.location.pathname + window.location.search);
  return <SignedOut returnTo={returnTo} />;
}
