export { ActionForm } from './ActionForm';
export { AddAgent } from './AddAgent';
export { AgentFilters } from './AgentFilters';
export { AgentDetail } from './AgentDetail';
export { AgentsHelp } from './AgentsHelp';
export { AgentTable } from './AgentTable';
export { EndAgent } from './EndAgent';
export { type AgentFilter, useAgent } from './queries';
