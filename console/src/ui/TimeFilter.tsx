import { TextInput } from '@mantine/core';
import { fromLocal, toLocal } from './time';

interface Props {
  label: string;
  /** An instant; on the screen it is in the time zone of whoever looks. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** One end of a stretch of time. */
export function TimeFilter({ label, value, onChange }: Props) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      value={value === undefined ? '' : toLocal(value)}
      onChange={({ currentTarget }) => onChange(fromLocal(currentTarget.value))}
    />
  );
}
