import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { Icon } from './Icon';

interface Props {
  label: string;
  placeholder: string;
  value: string | undefined;
  onSearch: (query: string | undefined) => void;
}

const PAUSE = 250;

/** A search of the server. Typing asks it once the hand rests. */
export function SearchBox({ label, placeholder, value, onSearch }: Props) {
  const [text, setText] = useState(value ?? '');
  const search = useDebouncedCallback(
    (query: string) => onSearch(query.trim() === '' ? undefined : query.trim()),
    PAUSE,
  );
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={({ currentTarget: { value: typed } }) => {
        setText(typed);
        search(typed);
      }}
      // What was typed goes ahead of what is done next: left waiting, it would undo a click on another page.
      onBlur={() => search.flush()}
    />
  );
}
