import { ActionIcon } from '@mantine/core';
import { Icon } from '#/ui/Icon';
import classes from './AllowlistForm.module.css';

interface Props {
  domains: string[];
  /** What is in force now: the others are marked as not saved yet. */
  saved: string[];
  onRemove: (domain: string) => void;
}

/** The domains as tags, each with its own way out of the list. */
export function DomainList({ domains, saved, onRemove }: Props) {
  return (
    <ul className={classes.domains} aria-label="Allowed domains">
      {domains.map((domain) => {
        const isNew = !saved.includes(domain);
        return (
          <li key={domain} className={classes.domain} data-new={isNew || undefined}>
            <span>
              {domain}
              {isNew && ' (not saved)'}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              radius="xl"
              size="1.5rem"
              aria-label={`Remove ${domain}`}
              onClick={() => onRemove(domain)}
            >
              <Icon name="cross" size={14} />
            </ActionIcon>
          </li>
        );
      })}
    </ul>
  );
}
