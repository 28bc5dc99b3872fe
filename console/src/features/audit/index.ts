export { actorName } from './actor';
export { AuditFilters } from './AuditFilters';
export { AuditTable } from './AuditTable';
export { EventDrawer } from './EventDrawer';
export { type AuditFilter, useAuditEvents } from './queries';
export { LogAlarm } from './LogAlarm';
export { TreeHead } from './TreeHead';
