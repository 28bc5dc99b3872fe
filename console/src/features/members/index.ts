export { AllowlistForm } from './AllowlistForm';
export { AllowlistHelp } from './AllowlistHelp';
export { MemberFilters } from './MemberFilters';
export { MemberTable } from './MemberTable';
export { type MemberFilter, useIdentityPolicy } from './queries';
