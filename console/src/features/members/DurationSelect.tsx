import { Select } from '@mantine/core';
import { inWords } from './entryRules';

interface Props {
  label: string;
  description: string;
  usual: string[];
  /** What no duration is called; without it there has to be one. */
  none?: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

const NONE = '';

/** A duration as people choose it. One that was set by a program is offered too. */
export function DurationSelect({ usual, none, value, onChange, ...words }: Props) {
  const known = value === undefined || usual.includes(value) ? usual : [value, ...usual];
  const choices = known.map((duration) => ({ value: duration, label: inWords(duration) }));
  return (
    <Select
      {...words}
      data={none === undefined ? choices : [{ value: NONE, label: none }, ...choices]}
      value={value ?? NONE}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen === null || chosen === NONE ? undefined : chosen)}
    />
  );
}
