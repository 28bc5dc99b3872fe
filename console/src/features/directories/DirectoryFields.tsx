import { Button, Select, TextInput } from '@mantine/core';
import { useRef } from 'react';
import type { DirectoryGroup, Role } from '#/api/types';
import { GROUP_MATCHES } from '#/directoryWords';
import { oneOf } from '#/ui/search';
import { optionsOf, ROLES, wordOf } from '#/words';
import classes from './directories.module.css';
import { type Draft, GIVEN_ROLES, isAbove, NEW_GROUP } from './draft';

interface Props {
  draft: Draft;
  onEdit: (changed: Partial<Draft>) => void;
}

const ROLE_OPTIONS = GIVEN_ROLES.map((role) => ({ value: role, label: wordOf(ROLES, role).label }));

/** Everything about a directory that is written by hand. */
export function DirectoryFields({ draft, onEdit }: Props) {
  return (
    <>
      <TextInput
        label="Name"
        description="Such as the identity provider’s. It stands here and in the audit log."
        maxLength={200}
        value={draft.name}
        onChange={({ currentTarget }) => onEdit({ name: currentTarget.value })}
      />
      <Select
        label="Ceiling"
        description="No role above it is given, whatever the directory says. It never makes owners."
        data={ROLE_OPTIONS}
        value={draft.ceiling}
        allowDeselect={false}
        onChange={(chosen) => onEdit({ ceiling: oneOf(chosen, ROLES) ?? draft.ceiling })}
      />
      <RoleSelect
        label="Default role"
        description="Of whoever is in none of the groups below."
        role={draft.defaultRole}
        ceiling={draft.ceiling}
        onChoose={(defaultRole) => onEdit({ defaultRole })}
      />
      <GroupFields draft={draft} onEdit={onEdit} />
    </>
  );
}

interface RoleProps {
  label: string;
  description?: string;
  role: Role;
  ceiling: Role;
  onChoose: (role: Role) => void;
}

function RoleSelect({ label, description, role, ceiling, onChoose }: RoleProps) {
  return (
    <Select
      label={label}
      description={description}
      data={ROLE_OPTIONS}
      value={role}
      allowDeselect={false}
      error={isAbove(role, ceiling) ? 'It is above the ceiling.' : null}
      onChange={(chosen) => onChoose(oneOf(chosen, ROLES) ?? role)}
    />
  );
}

/** The roles of groups, one below the other: the highest one of somebody's groups counts. */
function GroupFields({ draft: { groupRoles, ceiling }, onEdit }: Props) {
  const more = useRef<HTMLButtonElement>(null);
  const edit = (place: number, changed: Partial<DirectoryGroup>) =>
    onEdit({ groupRoles: groupRoles.map((one, at) => (at === place ? { ...one, ...changed } : one)) });
  return (
    <>
      {groupRoles.map((group, place) => (
        <fieldset key={place} className={classes.group}>
          <legend>Group {place + 1}</legend>
          <Select
            label="Known by"
            data={optionsOf(GROUP_MATCHES)}
            value={group.matchedBy}
            allowDeselect={false}
            onChange={(chosen) => edit(place, { matchedBy: oneOf(chosen, GROUP_MATCHES) ?? group.matchedBy })}
          />
          <TextInput
            label={wordOf(GROUP_MATCHES, group.matchedBy).label}
            description="To the letter, as the identity provider sends it."
            maxLength={200}
            spellCheck={false}
            value={group.value}
            onChange={({ currentTarget }) => edit(place, { value: currentTarget.value })}
          />
          <RoleSelect
            label="Role"
            role={group.role}
            ceiling={ceiling}
            onChoose={(role) => edit(place, { role })}
          />
          <div className={classes.actions}>
            <Button
              size="xs"
              variant="default"
              aria-label={`Remove group ${place + 1}`}
              onClick={() => {
                onEdit({ groupRoles: groupRoles.filter((_, at) => at !== place) });
                // The button goes with its group, and whoever uses the keyboard must be somewhere.
                more.current?.focus();
              }}
            >
              Remove
            </Button>
          </div>
        </fieldset>
      ))}
      <div className={classes.actions}>
        <Button
          ref={more}
          variant="default"
          onClick={() => onEdit({ groupRoles: [...groupRoles, { ...NEW_GROUP }] })}
        >
          Add a group with a role
        </Button>
      </div>
    </>
  );
}
