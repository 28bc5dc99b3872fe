export { InviteForm } from './InviteForm';
export { InvitesHelp } from './InvitesHelp';
export { InviteTable } from './InviteTable';
