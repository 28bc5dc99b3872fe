import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

interface Props {
  label: string;
  placeholder: string;
  value: string | undefined;
  /** What is wrong with a text that cannot be looked for; it is not handed on. */
  complaint?: (text: string) => string | undefined;
  onChange: (value: string | undefined) => void;
}

const PAUSE = 250;

/** A filter that is typed or pasted. It shows what the address says as soon as that is something else. */
export function TextFilter({ label, placeholder, value, complaint, onChange }: Props) {
  const [typed, setTyped] = useState({ of: value, text: value ?? '' });
  const text = typed.of === value ? typed.text : (value ?? '');
  const wrong = text.trim() === '' ? undefined : complaint?.(text.trim());
  const change = useDebouncedCallback((next: string) => {
    if (next === '') onChange(undefined);
    else if (complaint?.(next) === undefined) onChange(next);
  }, PAUSE);
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={text}
      error={wrong}
      spellCheck={false}
      onChange={({ currentTarget }) => {
        setTyped({ of: value, text: currentTarget.value });
        change(currentTarget.value.trim());
      }}
      // What was typed goes ahead of what is done next: left waiting, it would undo a click on another page.
      onBlur={() => change.flush()}
    />
  );
}
