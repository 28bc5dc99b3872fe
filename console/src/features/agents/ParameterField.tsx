import { Select, TextInput } from '@mantine/core';
import { parameterLabel } from '#/agentWords';
import type { AgentParameter } from '#/api/types';
import { spaced } from '#/words';
import { valueOf } from './parameters';

interface Props {
  parameter: AgentParameter;
  text: string;
  onEdit: (text: string) => void;
}

const YES_OR_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** One parameter of an action, in the form that its type has. */
export function ParameterField({ parameter, text, onEdit }: Props) {
  const { name, form, required, words } = parameter;
  const label = parameterLabel(name);
  if (form === 'choice' || form === 'truth') {
    return (
      <Select
        label={label}
        required={required}
        data={form === 'truth' ? YES_OR_NO : words.map((value) => ({ value, label: spaced(value) }))}
        value={text === '' ? null : text}
        onChange={(chosen) => onEdit(chosen ?? '')}
      />
    );
  }
  const wrong = text.trim() !== '' && valueOf(parameter, text) === undefined;
  return (
    <TextInput
      label={label}
      description={hintOf(parameter)}
      required={required}
      type={form === 'moment' ? 'datetime-local' : 'text'}
      inputMode={form === 'whole' ? 'numeric' : undefined}
      spellCheck={false}
      autoComplete="off"
      value={text}
      error={wrong ? 'This is not such a value.' : null}
      onChange={({ currentTarget }) => onEdit(currentTarget.value)}
    />
  );
}

function hintOf({ name, form, least, most }: AgentParameter): string | undefined {
  if (name === 'mode') return 'In octal digits, as chmod takes them: 0750.';
  if (name === 'expires') return 'A day, counted from 1 January 1970. Empty: for ever.';
  return form === 'whole' ? `A whole number from ${least ?? 0} to ${most ?? 0}.` : undefined;
}
