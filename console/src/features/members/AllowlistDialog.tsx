import type { IdentityPolicy } from '#/api/types';
import { useMe } from '#/features/identity';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { Facts } from '#/ui/Facts';
import { Notice } from '#/ui/Notice';
import { enrols } from './emailDomain';
import { useChangeIdentityPolicy, useMostMembers } from './queries';

interface Props {
  /** As it is now. */
  policy: IdentityPolicy;
  domains: string[];
  onSaved: () => void;
  onClose: () => void;
}

/** The last look before another list counts: what changes, and whom it leaves outside. */
export function AllowlistDialog({ policy, domains, onSaved, onClose }: Props) {
  const { emailDomainAllowlist: before } = policy;
  const change = useChangeIdentityPolicy();
  const { email } = useMe();
  const excluded = !enrols(domains, email);
  return (
    <ConfirmDialog
      opened
      title="Save the allowed domains?"
      confirm={excluded ? 'Save without my domain' : 'Save domains'}
      dangerous={excluded}
      pending={change.isPending}
      disabled={change.isError}
      error={change.error}
      onConfirm={() => change.mutate({ ...policy, emailDomainAllowlist: domains }, { onSuccess: onSaved })}
      onClose={onClose}
    >
      <Facts
        narrow
        facts={[
          ['Added', listed(domains.filter((domain) => !before.includes(domain)))],
          ['Removed', listed(before.filter((domain) => !domains.includes(domain)))],
          ['Enrolled from then on', domains.length === 0 ? 'Addresses of every domain' : listed(domains)],
        ]}
      />
      {excluded && (
        <Notice tone="warning" title="Your own address is not allowed by this list">
          {email} is in none of these domains. You stay a member, but you could not be enrolled again.
        </Notice>
      )}
      <Outside domains={domains} />
    </ConfirmDialog>
  );
}

const SHOWN = 5;

/** Members whose addresses the list does not allow. They stay; it is to be known before. */
function Outside({ domains }: { domains: string[] }) {
  const members = useMostMembers();
  const outside = members.data?.items.filter(({ email }) => !enrols(domains, email)) ?? [];
  if (outside.length === 0) return <p>Members stay members, whatever their address is.</p>;
  const more = outside.length - SHOWN;
  const atLeast = members.data?.nextCursor === undefined ? '' : 'At least ';
  return (
    <Notice
      tone="info"
      title={`${atLeast}${outside.length} ${outside.length === 1 ? 'member has' : 'members have'} another domain`}
    >
      They stay members:{' '}
      {outside
        .slice(0, SHOWN)
        .map(({ displayName }) => displayName)
        .join(', ')}
      {more > 0 && ` and ${more} more`}. Whoever leaves could not be enrolled again.
    </Notice>
  );
}

function listed(domains: string[]): string | null {
  return domains.length === 0 ? null : domains.join(', ');
}
