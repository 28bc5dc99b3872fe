export { useHashOf } from './planHash';
export { CancelWorkflow } from './CancelWorkflow';
export { PlanView } from './PlanView';
export { useSubjects, useWorkflow, useWorkflows } from './queries';
export { isOver, nameOf, sentenceOf, subjectOf, titleOfPlan, waitingFor } from './states';
export { WorkflowDetail } from './WorkflowDetail';
export { WorkflowFailure } from './WorkflowFailure';
export { WorkflowTable } from './WorkflowTable';
export { WorkflowTimeline } from './WorkflowTimeline';
