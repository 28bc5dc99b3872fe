import { Checkbox, Select, Textarea } from '@mantine/core';
import { DurationSelect } from './DurationSelect';
import classes from './EntryRulesForm.module.css';
import {
  DURATIONS,
  type EntryRules,
  METHOD_WORDS,
  METHODS,
  MFA,
  MFA_WORDS,
  readNetworks,
} from './entryRules';

interface Props {
  rules: EntryRules;
  /** As it was typed. */
  networks: string;
  onEdit: (changed: Partial<EntryRules>, networks?: string) => void;
}

/** Each rule with what it means. */
export function EntryRulesFields({ rules, networks, onEdit }: Props) {
  return (
    <>
      <Select
        label="Second factor"
        description="Of whom a second factor is demanded at sign-in. Whoever has not shown one is sent to show it."
        data={MFA.map((value) => ({ value, label: MFA_WORDS[value] }))}
        value={rules.mfaRequired}
        allowDeselect={false}
        onChange={(chosen) =>
          onEdit({ mfaRequired: MFA.find((value) => value === chosen) ?? rules.mfaRequired })
        }
      />
      <Checkbox.Group
        label="Ways to sign in"
        description="At least one. As soon as one is off, only what the identity broker has signed counts."
        error={rules.loginMethods.length === 0 ? 'Choose at least one, or nobody can sign in.' : null}
        value={rules.loginMethods}
        onChange={(chosen) => onEdit({ loginMethods: METHODS.filter((method) => chosen.includes(method)) })}
      >
        <div className={classes.choices}>
          {METHODS.map((method) => (
            <Checkbox
              key={method}
              value={method}
              label={METHOD_WORDS[method].label}
              description={METHOD_WORDS[method].text}
            />
          ))}
        </div>
      </Checkbox.Group>
      <Textarea
        label="Networks"
        description="One per line, as 192.0.2.0/24 or 2001:db8::/32. None means from everywhere."
        placeholder="192.0.2.0/24"
        rows={4}
        resize="vertical"
        spellCheck={false}
        autoComplete="off"
        value={networks}
        onChange={({ currentTarget: { value } }) => onEdit({ ipAllowlist: readNetworks(value) }, value)}
      />
      <div className={classes.durations}>
        <DurationSelect
          label="Sign in again after"
          description="Whatever somebody does in the meantime."
          usual={DURATIONS.sessionMaxAge}
          value={rules.sessionMaxAge}
          onChange={(sessionMaxAge = rules.sessionMaxAge) => onEdit({ sessionMaxAge })}
        />
        <DurationSelect
          label="Sign out when idle for"
          description="When nothing comes from a browser for so long."
          usual={DURATIONS.idleTimeout}
          value={rules.idleTimeout}
          onChange={(idleTimeout = rules.idleTimeout) => onEdit({ idleTimeout })}
        />
        <DurationSelect
          label="Before sensitive actions"
          description="A second factor shown no longer ago: deciding, exporting, sharing, changing rules."
          none="Nothing is asked"
          usual={DURATIONS.stepUpAge}
          value={rules.stepUpAge}
          onChange={(stepUpAge) => onEdit({ stepUpAge })}
        />
        <DurationSelect
          label="Invitations hold for"
          description="After that, somebody is invited anew."
          usual={DURATIONS.inviteTtl}
          value={rules.inviteTtl}
          onChange={(inviteTtl = rules.inviteTtl) => onEdit({ inviteTtl })}
        />
      </div>
    </>
  );
}
