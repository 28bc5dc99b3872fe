import { Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Wordmark } from '#/ui/Wordmark';
import classes from './SignedOut.module.css';
import { signIn } from './queries';

const PROMISES: [title: string, text: string][] = [
  ['Decided', 'An approval binds to the hash of the exact plan that was shown.'],
  ['Carried out', 'Nothing privileged runs without it, and the system is looked at again afterwards.'],
  ['Proved', 'Every step is in a log that can be verified offline, without trusting us.'],
];

/** The page for whoever is not signed in. */
export function SignedOut({ returnTo }: { returnTo: string }) {
  useDocumentTitle('Sign in · Nuxari');
  return (
    <div className={classes.page}>
      <aside className={classes.side} aria-label="What Nuxari does">
        <Wordmark />
        <p className={classes.claim}>Who may have which access, decided, carried out and proved.</p>
        <dl className={classes.promises}>
          {PROMISES.map(([title, text]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </aside>
      <main className={classes.main}>
        <div className={classes.card}>
          <h1 className={classes.title}>Sign in to Nuxari</h1>
          <p className={classes.text}>
            Your organization&rsquo;s sign-in opens next. Nuxari never sees your password, and this page never
            holds a token.
          </p>
          <Button size="md" fullWidth onClick={() => signIn(returnTo)}>
            Sign in
          </Button>
          {returnTo !== '/' && <p className={classes.back}>You come back to the page you asked for.</p>}
        </div>
      </main>
    </div>
  );
}
