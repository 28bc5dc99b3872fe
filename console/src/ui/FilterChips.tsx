import { ActionIcon, Button } from '@mantine/core';
import classes from './FilterChips.module.css';
import { Icon } from './Icon';

/** A filter that is on. */
export interface Chip {
  key: string;
  name: string;
  value: string;
  onRemove: () => void;
}

interface Props {
  chips: Chip[];
  /** Whether the answer is on its way. */
  busy: boolean;
  onClear: () => void;
}

/** Which filters are on, each with a way to take it off. Nothing where there are none. */
export function FilterChips({ chips, busy, onClear }: Props) {
  if (chips.length === 0) return null;
  return (
    <div className={classes.chips}>
      <ul className={classes.list} aria-label="Filters that are on">
        {chips.map(({ key, name, value, onRemove }) => (
          <li key={key} className={classes.chip}>
            <span className={classes.text} title={value}>
              <span className={classes.name}>{name}:</span> {value}
            </span>
            <ActionIcon
              size="1.5rem"
              variant="subtle"
              color="gray"
              radius="xl"
              aria-label={`Remove filter ${name.toLowerCase()}`}
              onClick={onRemove}
            >
              <Icon name="cross" size={12} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button size="compact-xs" variant="subtle" onClick={onClear}>
        Clear all filters
      </Button>
      <span role="status" className={classes.busy}>
        {busy ? 'Searching…' : ''}
      </span>
    </div>
  );
}
