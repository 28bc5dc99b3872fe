export { PermissionGate } from './PermissionGate';
export { SessionGate } from './SessionGate';
export { useSignOut } from './queries';
export { SessionContext, useMay, useMe, useOrganizationId } from './session';
