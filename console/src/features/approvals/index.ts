export { ApprovalDetail } from './ApprovalDetail';
export { ApprovalTable } from './ApprovalTable';
export { DecisionList } from './DecisionList';
export { useApproval, useApprovals } from './queries';
export { StageProgress } from './StageProgress';
