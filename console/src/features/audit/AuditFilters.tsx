import { oneOf } from '#/ui/search';
import { Toolbar } from '#/ui/Toolbar';
import { WordSelect } from '#/ui/WordSelect';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES, optionsOf } from '#/words';
import type { AuditFilter } from './queries';

interface Props {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

/** Filters of the audit log. An action that is not listed can be given in the address. */
export function AuditFilters({ filter, onChange }: Props) {
  const actions = [...new Set([...AUDIT_ACTIONS, ...(filter.action === undefined ? [] : [filter.action])])];
  return (
    <Toolbar>
      <WordSelect
        label="Action"
        any="Any action"
        options={actions.sort().map((action) => ({ value: action, label: action }))}
        value={filter.action}
        onChange={(action) => onChange({ ...filter, action })}
      />
      <WordSelect
        label="Outcome"
        any="Any outcome"
        options={optionsOf(AUDIT_OUTCOMES)}
        value={filter.outcome}
        onChange={(outcome) => onChange({ ...filter, outcome: oneOf(outcome, AUDIT_OUTCOMES) })}
      />
    </Toolbar>
  );
}
