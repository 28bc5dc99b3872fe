export { ActionForm } from './ActionForm';
export { AddAgent } from './AddAgent';
export { AgentDetail } from './AgentDetail';
export { AgentsHelp } from './AgentsHelp';
export { AgentTable } from './AgentTable';
export { EndAgent } from './EndAgent';
export { useAgent } from './queries';
