import { AGENT_HEALTH, AGENT_STATES } from '#/agentWords';
import { oneOf } from '#/ui/search';
import { SearchBox } from '#/ui/SearchBox';
import { Toolbar } from '#/ui/Toolbar';
import { WordSelect } from '#/ui/WordSelect';
import { optionsOf } from '#/words';
import type { AgentFilter } from './queries';

interface Props {
  filter: AgentFilter;
  onChange: (filter: AgentFilter) => void;
}

/** The search box and the filters of the fleet. */
export function AgentFilters({ filter, onChange }: Props) {
  return (
    <Toolbar>
      <SearchBox
        label="Search the agents"
        placeholder="Name or host"
        value={filter.query}
        onSearch={(query) => onChange({ ...filter, query })}
      />
      <WordSelect
        label="State"
        any="Any state"
        options={optionsOf(AGENT_STATES)}
        value={filter.state}
        onChange={(state) => onChange({ ...filter, state: oneOf(state, AGENT_STATES) })}
      />
      <WordSelect
        label="Health"
        any="Any health"
        options={optionsOf(AGENT_HEALTH)}
        value={filter.health}
        onChange={(health) => onChange({ ...filter, health: oneOf(health, AGENT_HEALTH) })}
      />
    </Toolbar>
  );
}
