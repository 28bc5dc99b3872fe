import { oneOf } from '#/ui/search';
import { SearchBox } from '#/ui/SearchBox';
import { Toolbar } from '#/ui/Toolbar';
import { WordSelect } from '#/ui/WordSelect';
import { MEMBER_STATES, optionsOf, ROLES } from '#/words';
import type { MemberFilter } from './queries';

interface Props {
  filter: MemberFilter;
  onChange: (filter: MemberFilter) => void;
}

/** The search box and the filters of the members. */
export function MemberFilters({ filter, onChange }: Props) {
  return (
    <Toolbar>
      <SearchBox
        label="Search the members"
        placeholder="Name or e-mail address"
        value={filter.query}
        onSearch={(query) => onChange({ ...filter, query })}
      />
      <WordSelect
        label="Role"
        any="Any role"
        options={optionsOf(ROLES)}
        value={filter.role}
        onChange={(role) => onChange({ ...filter, role: oneOf(role, ROLES) })}
      />
      <WordSelect
        label="State"
        any="Any state"
        options={optionsOf(MEMBER_STATES)}
        value={filter.state}
        onChange={(state) => onChange({ ...filter, state: oneOf(state, MEMBER_STATES) })}
      />
    </Toolbar>
  );
}
