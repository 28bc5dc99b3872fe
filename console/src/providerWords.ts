import type { ProviderFinding, ProviderPreset, ProviderState } from './api/types';
import type { Tone } from './theme';
import type { Word } from './words';

const word = (label: string, tone: Tone): Word => ({ label, tone });

export const PROVIDER_PRESETS: Record<ProviderPreset, Word> = {
  'entra-id': word('Entra ID', 'quiet'),
  okta: word('Okta', 'quiet'),
  google: word('Google Workspace', 'quiet'),
  oidc: word('Other (OpenID Connect)', 'quiet'),
  saml: word('Other (SAML)', 'quiet'),
};

export const PROVIDER_STATES: Record<ProviderState, Word> = {
  draft: word('Draft', 'quiet'),
  enabled: word('Enabled', 'good'),
  disabled: word('Disabled', 'warning'),
};

/** What can be wrong with an identity provider. */
export const PROVIDER_FINDINGS: Record<ProviderFinding, Word> = {
  'not-https': word('The address does not begin with https.', 'bad'),
  'private-address': word('The host is in a private network, which is not asked.', 'bad'),
  'no-such-host': word('There is no host of that name.', 'bad'),
  unreachable: word('Nobody answers there, or not with a certificate that can be trusted.', 'bad'),
  'too-slow': word('It did not answer in time.', 'bad'),
  'too-large': word('The document is too large.', 'bad'),
  redirected: word('It sends us elsewhere. Enter the address that it sends to.', 'bad'),
  'wrong-status': word('There is no such document at that address.', 'bad'),
  'not-readable': word('It is no discovery document, or no SAML metadata.', 'bad'),
  'issuer-mismatch': word('The document is another issuer’s. Write the issuer as it is there.', 'bad'),
  'missing-endpoint': word('It lacks an address that is needed, or has one that is not https.', 'bad'),
  'no-code-flow': word('It does not support the authorization code flow.', 'bad'),
  'no-signing-key': word('It publishes no key to verify its signatures with.', 'bad'),
  'no-signing-certificate': word('The metadata has no signing certificate.', 'bad'),
  'metadata-changed': word(
    'The metadata names another provider or another address than before. Enable the provider again if that is meant.',
    'bad',
  ),
  'certificate-expired': word('The signing certificate has expired, or is not valid yet.', 'bad'),
  'weak-key': word('The signing key is too short. RSA needs 2048 bits.', 'bad'),
  'certificate-expires-soon': word(
    'The signing certificate ends within thirty days. Have the next one published beside it.',
    'warning',
  ),
  'client-refused': word('It does not accept the client id and secret.', 'bad'),
  'client-unknown': word('It did not say whether it accepts the client id and secret.', 'warning'),
  'no-secret': word('The client secret is missing.', 'bad'),
  'no-verified-domain': word('No domain is verified, so that nobody could come in.', 'bad'),
};
