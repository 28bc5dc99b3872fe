import { createFileRoute } from '@tanstack/react-router';
import { AddDomain, DomainDrawer, DomainsHelp, DomainTable } from '#/features/domains';
import { PermissionGate } from '#/features/identity';
import { Columns } from '#/ui/Columns';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { textOf } from '#/ui/search';

interface Search {
  domain?: string | undefined;
}

export const Route = createFileRoute('/domains')({
  validateSearch: (search: Record<string, unknown>): Search => ({ domain: textOf(search.domain) }),
  component: () => (
    <PermissionGate title="Domains" anyOf={['organization:change']}>
      <DomainsPage />
    </PermissionGate>
  ),
});

function DomainsPage() {
  const { domain } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <Page title="Domains" lead="Which e-mail domains are your organization’s own, shown by a record in DNS.">
      <Columns
        main={
          <>
            <Panel title="A domain of yours">
              <AddDomain onAdded={(id) => void navigate({ search: { domain: id } })} />
            </Panel>
            <Panel flush>
              <DomainTable />
            </Panel>
          </>
        }
        side={
          <Panel title="How a domain is verified">
            <DomainsHelp />
          </Panel>
        }
      />
      {domain !== undefined && <DomainDrawer id={domain} onClose={() => void navigate({ search: {} })} />}
    </Page>
  );
}
