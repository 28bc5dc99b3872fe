import { Button } from '@mantine/core';
import { useMay } from '#/features/identity';
import { Facts } from '#/ui/Facts';
import { Demands } from './Demands';
import classes from './SignInWays.module.css';

/** Leaves for the identity broker, which comes back here; cancelled there, nothing has changed. */
function setUp(action: 'passkey' | 'totp'): string {
  return `/login/start?action=${action}&returnTo=${encodeURIComponent('/sessions')}`;
}

/** With what one signs in, and how to have more of it. */
export function SignInWays() {
  const mayKnow = useMay()('organization:change');
  return (
    <>
      <Facts
        narrow
        facts={[
          [
            'Passkey',
            'A key in your device or on a stick. You unlock it with your finger, face or PIN, and type no password. It counts as two factors.',
          ],
          [
            'Authenticator app',
            'An app that shows a new code every 30 seconds. You type it after your password, as a second factor.',
          ],
          [
            'Where they are kept',
            'At the identity broker. You are sent there, may have to sign in again, and come back here.',
          ],
          [
            'What your organization demands',
            mayKnow
              ? null
              : 'If it wants a second factor or another way of signing in, you are asked or told when you sign in.',
          ],
        ]}
      />
      {mayKnow && (
        <div className={classes.demands}>
          <Demands />
        </div>
      )}
      <div className={classes.actions}>
        <Button component="a" href={setUp('passkey')} variant="default">
          Add a passkey
        </Button>
        <Button component="a" href={setUp('totp')} variant="default">
          Add an authenticator app
        </Button>
      </div>
    </>
  );
}
