import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { Icon } from '#/ui/Icon';
import { oneOf } from '#/ui/search';
import { Toolbar } from '#/ui/Toolbar';
import { WordSelect } from '#/ui/WordSelect';
import { optionsOf, RISKS } from '#/words';
import type { CatalogueFilter } from './queries';

interface Props {
  filter: CatalogueFilter;
  systems: { value: string; label: string }[];
  onChange: (filter: CatalogueFilter) => void;
}

const PAUSE = 250;

/** The search box and the filters of the catalogue. Typing asks the server once the hand rests. */
export function CatalogueFilters({ filter, systems, onChange }: Props) {
  const [text, setText] = useState(filter.query ?? '');
  const search = useDebouncedCallback(
    (query: string) => onChange({ ...filter, query: query.trim() === '' ? undefined : query.trim() }),
    PAUSE,
  );
  return (
    <Toolbar>
      <TextInput
        type="search"
        label="Search the catalogue"
        placeholder="Name or description"
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          search(value);
        }}
        // What was typed goes ahead of what is done next: left waiting, it would undo a click on another page.
        onBlur={() => search.flush()}
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
