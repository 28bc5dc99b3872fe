import { SegmentedControl } from '@mantine/core';
import { createFileRoute } from '@tanstack/react-router';
import type { RequestState } from '#/api/types';
import { PermissionGate, useMay } from '#/features/identity';
import { RequestTable } from '#/features/requests';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { oneOf } from '#/ui/search';
import { Toolbar } from '#/ui/Toolbar';
import { WordSelect } from '#/ui/WordSelect';
import { optionsOf, REQUEST_STATES } from '#/words';

const WHOSE = { mine: 'Mine', everybody: 'Everybody’s' };

interface Search {
  state?: RequestState | undefined;
  whose?: keyof typeof WHOSE | undefined;
}

export const Route = createFileRoute('/requests/')({
  validateSearch: (search: Record<string, unknown>): Search => ({
    state: oneOf(search.state, REQUEST_STATES),
    whose: oneOf(search.whose, WHOSE),
  }),
  component: () => (
    <PermissionGate title="My requests" anyOf={['requests:read', 'requests:read-own']}>
      <RequestsPage />
    </PermissionGate>
  ),
});

function RequestsPage() {
  const { state, whose } = Route.useSearch();
  const navigate = Route.useNavigate();
  const may = useMay();
  const everybody = may('requests:read') && whose === 'everybody';
  return (
    <Page title="My requests" lead="What was asked for, and how far it has come.">
      <Panel flush>
        <Toolbar>
          <WordSelect
            label="State"
            any="Any state"
            options={optionsOf(REQUEST_STATES)}
            value={state}
            onChange={(chosen) =>
              void navigate({ search: { whose, state: oneOf(chosen, REQUEST_STATES) }, replace: true })
            }
          />
          {may('requests:read') && (
            <SegmentedControl
              aria-label="Whose requests"
              value={everybody ? 'everybody' : 'mine'}
              data={Object.entries(WHOSE).map(([value, label]) => ({ value, label }))}
              onChange={(chosen) =>
                void navigate({ search: { state, whose: oneOf(chosen, WHOSE) }, replace: true })
              }
            />
          )}
        </Toolbar>
        <RequestTable filter={{ mine: everybody ? undefined : true, state }} />
      </Panel>
    </Page>
  );
}
