export { CancelRequest } from './CancelRequest';
export { NewRequestView } from './NewRequestView';
export { useRequest, useRequests } from './queries';
export { RequestDetail } from './RequestDetail';
export { RequestTable } from './RequestTable';
export { isLive, progressOf, titleOf } from './states';
