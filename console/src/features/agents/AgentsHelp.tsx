import { Facts } from '#/ui/Facts';
import { HEALTH_RULE } from './health';

/** What agents are, and how a host becomes one. */
export function AgentsHelp() {
  return (
    <Facts
      narrow
      facts={[
        ['First', 'Name the agent, as you will speak of its host. It is not enrolled yet.'],
        [
          'Then',
          'Issue an enrolment token and run the command on the host, as root. The host makes its key itself; the key never leaves it.',
        ],
        ['What it does', 'Only what was approved here, and what the policy file on its host allows.'],
        ['Health', HEALTH_RULE],
        [
          'Revoked',
          'The host is not governed any more. Its next request is refused. For good: it comes back as another agent.',
        ],
        [
          'Lost',
          'The same, when the host or its key may be in other hands. The audit log says so, and nobody enrols with that key again.',
        ],
      ]}
    />
  );
}
