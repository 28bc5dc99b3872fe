import { METHOD_WORDS, MFA_WORDS, useIdentityPolicy } from '#/features/members';
import { Facts } from '#/ui/Facts';

/** What the organization demands of a sign-in, for those who may know its rules. */
export function Demands() {
  const { data: policy } = useIdentityPolicy();
  if (policy === undefined) return null;
  return (
    <Facts
      narrow
      facts={[
        ['Your organization demands a second factor of', MFA_WORDS[policy.mfaRequired]],
        ['It accepts', policy.loginMethods.map((method) => METHOD_WORDS[method].label).join(', ')],
      ]}
    />
  );
}
