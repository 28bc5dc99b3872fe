import { Facts } from '#/ui/Facts';

/** How a directory is set up, and what it means for people. */
export function DirectoriesHelp() {
  return (
    <Facts
      narrow
      facts={[
        ['First', 'Verify your e-mail domain. A directory speaks for addresses of verified domains only.'],
        [
          'Then',
          'Add the directory, issue a token, and enter it with the base URL at your identity provider.',
        ],
        [
          'Who comes',
          'Whoever the identity provider sends is a member within seconds, with the highest role of their groups, or the default role.',
        ],
        [
          'Who leaves',
          'Whoever it deactivates or deletes is out at once: their sessions end; their tokens, share links and decisions stop with the next use. What they did stays on record.',
        ],
        ['Who comes back', 'Is a member again, with the role that the groups give then.'],
        [
          'Ceiling',
          'The highest role that it can give. Whoever runs the identity provider can be anybody up to there.',
        ],
        ['Owners', 'Stay what they are. To deactivate one is refused, and the identity provider shows that.'],
        ['Suspended', 'Whoever people have suspended stays so, whatever the directory says.'],
        ['Addresses', 'Do not change: with another address somebody is another person here.'],
      ]}
    />
  );
}
