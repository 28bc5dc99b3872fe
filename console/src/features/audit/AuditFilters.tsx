import { oneOf } from '#/ui/search';
import { TextFilter } from '#/ui/TextFilter';
import { TimeFilter } from '#/ui/TimeFilter';
import { Toolbar } from '#/ui/Toolbar';
import { WordSelect } from '#/ui/WordSelect';
import { AUDIT_ACTIONS, AUDIT_TARGETS } from '#/auditWords';
import { AUDIT_OUTCOMES, optionsOf, spaced } from '#/words';
import { isId } from './filter';
import { type Actor, type AuditFilter, useActors } from './queries';

interface Props {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

/** Filters of the audit log. What is not listed can be given in the address. */
export function AuditFilters({ filter, onChange }: Props) {
  const actors = useActors();
  return (
    <Toolbar>
      <TextFilter
        label="Follow one request, approval, workflow or package"
        placeholder="Its id"
        value={filter.following}
        complaint={(text) => (isId(text) ? undefined : 'An id has 36 characters: 019b2c3d-…')}
        onChange={(following) => onChange({ ...filter, following })}
      />
      <WordSelect
        label="Actor"
        any="Anybody"
        options={withOwn(actors, filter.actor)}
        value={filter.actor}
        onChange={(actor) => onChange({ ...filter, actor })}
      />
      <WordSelect
        label="Action"
        any="Any action"
        options={withOwn(ACTIONS, filter.action)}
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
      <WordSelect
        label="Target"
        any="Anything"
        options={withOwn(TARGETS, filter.targetType)}
        value={filter.targetType}
        onChange={(targetType) => onChange({ ...filter, targetType })}
      />
      <TextFilter
        label="Target id"
        placeholder="To the letter"
        value={filter.targetId}
        onChange={(targetId) => onChange({ ...filter, targetId })}
      />
      <TimeFilter label="From" value={filter.from} onChange={(from) => onChange({ ...filter, from })} />
      <TimeFilter label="To" value={filter.to} onChange={(to) => onChange({ ...filter, to })} />
    </Toolbar>
  );
}

const NOUNS = [...new Set(AUDIT_ACTIONS.map((action) => action.replace(/\..*/, '.')))];
const ACTIONS: Actor[] = [...AUDIT_ACTIONS, ...NOUNS]
  .sort()
  .map((action) => ({ value: action, label: action.endsWith('.') ? `${action}*` : action }));
const TARGETS: Actor[] = AUDIT_TARGETS.map((type) => ({ value: type, label: spaced(type) }));

/** The options, and what the address says if it is none of them. */
function withOwn(options: Actor[], value: string | undefined): Actor[] {
  const known = value === undefined || options.some((option) => option.value === value);
  return known ? options : [...options, { value, label: value }];
}
