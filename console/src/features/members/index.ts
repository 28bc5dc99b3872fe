export { AllowlistForm } from './AllowlistForm';
export { AllowlistHelp } from './AllowlistHelp';
export { DomainField } from './DomainField';
export { METHOD_WORDS, MFA_WORDS } from './entryRules';
export { EntryRulesForm } from './EntryRulesForm';
export { EntryRulesHelp } from './EntryRulesHelp';
export { MemberFilters } from './MemberFilters';
export { MemberTable } from './MemberTable';
export { type MemberFilter, useIdentityPolicy } from './queries';
