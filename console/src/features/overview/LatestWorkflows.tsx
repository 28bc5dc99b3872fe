import { nameOf, useSubjects, useWorkflows } from '#/features/workflow';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { Panel } from '#/ui/Panel';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { WORKFLOW_STATES, wordOf } from '#/words';
import { List } from './List';

/** The last workflows: the activity of those who do not read the audit log. */
export function LatestWorkflows() {
  const workflows = useWorkflows(undefined);
  const subjects = useSubjects();
  return (
    <Panel title="Latest workflows" flush actions={<TextLink to="/workflows">All workflows</TextLink>}>
      <List
        label="Latest workflows"
        answer={workflows}
        items={workflows.data?.items}
        empty={
          <EmptyState icon="workflows" title="No workflow yet">
            One begins with each submitted request.
          </EmptyState>
        }
        row={(workflow) => ({
          key: workflow.id,
          what: (
            <TextLink to="/workflows/$id" params={{ id: workflow.id }} fw={500}>
              {subjects.get(workflow.id) ?? nameOf(workflow.id)}
            </TextLink>
          ),
          note: <Moment at={workflow.createdAt} />,
          mark: <StateBadge word={wordOf(WORKFLOW_STATES, workflow.state)} />,
        })}
      />
    </Panel>
  );
}
