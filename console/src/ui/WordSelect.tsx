import { Select } from '@mantine/core';

interface Props {
  label: string;
  /** What "no filter" is called: "Any state". */
  any: string;
  options: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

const ANY = '';
/** More than this is searched, not scanned. */
const SCANNED = 12;

/** A filter with one value, or none. */
export function WordSelect({ label, any, options, value, onChange }: Props) {
  return (
    <Select
      label={label}
      searchable={options.length > SCANNED}
      data={[{ value: ANY, label: any }, ...options]}
      value={value ?? ANY}
      onChange={(chosen) => onChange(chosen === null || chosen === ANY ? undefined : chosen)}
    />
  );
}
