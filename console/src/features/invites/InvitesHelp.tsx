import { Facts } from '#/ui/Facts';

/** What an invitation is, and what it is not. */
export function InvitesHelp() {
  return (
    <Facts
      narrow
      facts={[
        [
          'What happens',
          'A mail with a link goes to the address. Whoever opens it signs in, and is a member then.',
        ],
        [
          'Who gets in',
          'Only an account with this address, verified. A link that was forwarded is of no use to others.',
        ],
        ['Without an account', 'They get one, and set their own password. It never comes by here.'],
        ['How long', 'As long as the sign-in rules say. The link can be used once.'],
        ['Sent again', 'The newest mail counts; the link of the one before opens nothing.'],
        ['Owners', 'No invitation makes an owner. Invite an admin; an owner makes them an owner later.'],
        ['If you leave', 'Invitations count as long as whoever sent them may still invite.'],
      ]}
    />
  );
}
