import { oneOf } from '#/ui/search';
import { SearchBox } from '#/ui/SearchBox';
import { Toolbar } from '#/ui/Toolbar';
import { WordSelect } from '#/ui/WordSelect';
import { optionsOf, RISKS } from '#/words';
import type { CatalogueFilter } from './queries';

interface Props {
  filter: CatalogueFilter;
  systems: { value: string; label: string }[];
  onChange: (filter: CatalogueFilter) => void;
}

/** The search box and the filters of the catalogue. */
export function CatalogueFilters({ filter, systems, onChange }: Props) {
  return (
    <Toolbar>
      <SearchBox
        label="Search the catalogue"
        placeholder="Name or description"
        value={filter.query}
        onSearch={(query) => onChange({ ...filter, query })}
      />
      {systems.length > 0 && (
        <WordSelect
          label="System"
          any="Any system"
          options={systems}
          value={filter.connectorId}
          onChange={(connectorId) => onChange({ ...filter, connectorId })}
        />
      )}
      <WordSelect
        label="Risk"
        any="Any risk"
        options={optionsOf(RISKS)}
        value={filter.risk}
        onChange={(risk) => onChange({ ...filter, risk: oneOf(risk, RISKS) })}
      />
    </Toolbar>
  );
}
