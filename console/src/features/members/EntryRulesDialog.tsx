import type { IdentityPolicy } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { Facts } from '#/ui/Facts';
import { Loading } from '#/ui/Loading';
import { Notice } from '#/ui/Notice';
import { changes, type EntryRules, reasonsInWords, rulesOf } from './entryRules';
import { useChangeIdentityPolicy, useLockout } from './queries';

interface Props {
  /** As it is now. */
  policy: IdentityPolicy;
  rules: EntryRules;
  onSaved: () => void;
  onClose: () => void;
}

/** The last look before other rules count: what changes, and whom it locks out. */
export function EntryRulesDialog({ policy, rules, onSaved, onClose }: Props) {
  const { emailDomainAllowlist, version } = policy;
  const proposed: IdentityPolicy = { ...rules, emailDomainAllowlist, version };
  const lockout = useLockout(proposed);
  const change = useChangeIdentityPolicy();
  const myself = (lockout.data?.yourself.length ?? 0) > 0;
  return (
    <ConfirmDialog
      opened
      title="Save the rules?"
      confirm={myself ? 'Save and lock me out' : 'Save rules'}
      dangerous={myself}
      pending={change.isPending}
      disabled={lockout.data === undefined || change.isError}
      error={change.error ?? lockout.error}
      onConfirm={() => change.mutate({ ...proposed, lockMeOut: myself }, { onSuccess: onSaved })}
      onClose={onClose}
    >
      <Facts narrow facts={changes(rulesOf(policy), rules)} />
      {lockout.isPending && <Loading what="whom that would lock out" lines={2} />}
      {lockout.data !== undefined && <Consequences {...lockout.data} />}
    </ConfirmDialog>
  );
}

type Lockout = NonNullable<ReturnType<typeof useLockout>['data']>;

const SHOWN = 5;

function Consequences({ signedIn, lockedOut, members, yourself }: Lockout) {
  const more = lockedOut - Math.min(members.length, SHOWN);
  return (
    <>
      {yourself.length > 0 && (
        <Notice tone="warning" title="You would lock yourself out" urgent>
          Because of: {reasonsInWords(yourself)}. You are refused from your next request on, and somebody who
          is let in has to change the rules back.
        </Notice>
      )}
      {lockedOut > 0 ? (
        <Notice
          tone="info"
          title={`${String(lockedOut)} of ${String(signedIn)} who are signed in would not be let in`}
        >
          <ul>
            {members.slice(0, SHOWN).map(({ member, because, entirely }) => (
              <li key={member.memberId}>
                {member.displayName}: {reasonsInWords(because)}
                {!entirely && ', in some of their browsers'}
              </li>
            ))}
            {more > 0 && <li>and {more} more</li>}
          </ul>
          They stay members, and come in again as the rules demand it.
        </Notice>
      ) : (
        <p>
          {signedIn === 0
            ? 'Nobody is signed in with a browser now.'
            : 'Everybody who is signed in now stays so.'}{' '}
          How others will sign in is not known yet.
        </p>
      )}
    </>
  );
}
