import { Select, Textarea, TextInput } from '@mantine/core';
import { oneOf } from '#/ui/search';
import { PROVIDER_PRESETS } from '#/providerWords';
import { optionsOf, ROLES } from '#/words';
import { type Draft, readGroups } from './draft';

interface Props {
  draft: Draft;
  /** Of a provider that is there already; its kind stays. */
  known: boolean;
  onEdit: (changed: Partial<Draft>) => void;
}

const ISSUERS: Record<Draft['preset'], string> = {
  'entra-id': 'https://login.microsoftonline.com/TENANT/v2.0',
  okta: 'https://acme.okta.com',
  google: 'https://accounts.google.com',
  oidc: 'https://idp.acme.example',
  saml: '',
};

/** Everything about a provider that is written by hand. */
export function ProviderFields({ draft, known, onEdit }: Props) {
  return (
    <>
      <TextInput
        label="Name"
        description="People see it when they are sent to the provider."
        value={draft.name}
        onChange={({ currentTarget }) => onEdit({ name: currentTarget.value })}
      />
      <Select
        label="Kind"
        data={optionsOf(PROVIDER_PRESETS)}
        value={draft.preset}
        disabled={known}
        allowDeselect={false}
        onChange={(chosen) => onEdit({ preset: oneOf(chosen, PROVIDER_PRESETS) ?? draft.preset })}
      />
      {draft.preset === 'saml' ? (
        <SamlFields draft={draft} known={known} onEdit={onEdit} />
      ) : (
        <OidcFields draft={draft} known={known} onEdit={onEdit} />
      )}
      <RoleFields draft={draft} known={known} onEdit={onEdit} />
    </>
  );
}

function OidcFields({ draft, known, onEdit }: Props) {
  return (
    <>
      <TextInput
        label="Issuer"
        description="To the letter, as the provider’s discovery document has it."
        placeholder={ISSUERS[draft.preset]}
        value={draft.issuer}
        onChange={({ currentTarget }) => onEdit({ issuer: currentTarget.value })}
      />
      <TextInput
        label="Client id"
        value={draft.clientId}
        onChange={({ currentTarget }) => onEdit({ clientId: currentTarget.value })}
      />
      <TextInput
        label="Client secret"
        type="password"
        autoComplete="off"
        description={known ? 'Leave it empty to keep the one that is there.' : 'It is never shown again.'}
        value={draft.clientSecret}
        onChange={({ currentTarget }) => onEdit({ clientSecret: currentTarget.value })}
      />
    </>
  );
}

function SamlFields({ draft, known, onEdit }: Props) {
  return (
    <>
      <TextInput
        label="Metadata URL"
        description="Read when the provider is enabled, and every day after that."
        placeholder="https://idp.acme.example/metadata"
        value={draft.metadataUrl}
        onChange={({ currentTarget }) => onEdit({ metadataUrl: currentTarget.value })}
      />
      <Textarea
        label="Or the metadata itself"
        description={known ? 'Paste it again when the certificate changes.' : 'An XML document.'}
        rows={4}
        spellCheck={false}
        value={draft.metadataXml}
        onChange={({ currentTarget }) => onEdit({ metadataXml: currentTarget.value })}
      />
      <TextInput
        label="Attribute with the address"
        description="Empty if the subject’s name is the e-mail address."
        value={draft.emailAttribute}
        onChange={({ currentTarget }) => onEdit({ emailAttribute: currentTarget.value })}
      />
    </>
  );
}

function RoleFields({ draft, onEdit }: Props) {
  const roles = optionsOf(ROLES).filter(({ value }) => value !== 'owner');
  const { wrong } = readGroups(draft.groups);
  return (
    <>
      <Select
        label="Default role"
        description="Of whoever comes for the first time and is in no group below."
        data={roles}
        value={draft.defaultRole}
        allowDeselect={false}
        onChange={(chosen) => onEdit({ defaultRole: oneOf(chosen, ROLES) ?? draft.defaultRole })}
      />
      <Select
        label="Ceiling"
        description="No role above it is given, whatever the provider says."
        data={roles}
        value={draft.ceiling}
        allowDeselect={false}
        onChange={(chosen) => onEdit({ ceiling: oneOf(chosen, ROLES) ?? draft.ceiling })}
      />
      <TextInput
        label="Groups claim"
        description="The claim or attribute with the groups. Empty if groups give no roles."
        placeholder="groups"
        value={draft.groupsClaim}
        onChange={({ currentTarget }) => onEdit({ groupsClaim: currentTarget.value })}
      />
      <Textarea
        label="Roles by groups"
        description="One per line, as group = role. The highest one counts, at each sign-in."
        placeholder="it-approvers = approver"
        rows={3}
        spellCheck={false}
        error={wrong === null ? null : `“${wrong}” is not a group and a role.`}
        value={draft.groups}
        onChange={({ currentTarget }) => onEdit({ groups: currentTarget.value })}
      />
    </>
  );
}
