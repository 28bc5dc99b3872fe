import { createFileRoute } from '@tanstack/react-router';
import { PermissionGate } from '#/features/identity';
import {
  AllowlistForm,
  AllowlistHelp,
  EntryRulesForm,
  EntryRulesHelp,
  useIdentityPolicy,
} from '#/features/members';
import { Columns } from '#/ui/Columns';
import { Loading } from '#/ui/Loading';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';

export const Route = createFileRoute('/sign-in-rules')({
  component: () => (
    <PermissionGate title="Sign-in rules" anyOf={['organization:change']}>
      <SignInRulesPage />
    </PermissionGate>
  ),
});

function SignInRulesPage() {
  const policy = useIdentityPolicy();
  return (
    <Page title="Sign-in rules" lead="On what terms people come into the organization, and are let in.">
      <Columns
        main={
          <>
            <Panel
              title="Who is let in"
              note="How members sign in, from where, and for how long. It is judged with every request."
            >
              {policy.data !== undefined && <EntryRulesForm policy={policy.data} />}
              {policy.isPending && <Loading what="the rules" lines={8} />}
              {policy.data === undefined && policy.isError && (
                <ProblemNotice error={policy.error} onRetry={() => void policy.refetch()} />
              )}
            </Panel>
            <Panel
              title="Allowed e-mail domains"
              note="As soon as there is one, nobody with an address of another domain is enrolled."
            >
              {policy.data !== undefined && <AllowlistForm policy={policy.data} />}
              {policy.isPending && <Loading what="the rules" lines={4} />}
              {policy.data === undefined && policy.isError && (
                <ProblemNotice error={policy.error} onRetry={() => void policy.refetch()} />
              )}
            </Panel>
          </>
        }
        side={
          <>
            <Panel title="What the rules mean">
              <EntryRulesHelp />
            </Panel>
            <Panel title="How addresses are compared">
              <AllowlistHelp />
            </Panel>
          </>
        }
      />
    </Page>
  );
}
