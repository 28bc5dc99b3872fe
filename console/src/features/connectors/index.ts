export { ConnectorDetail } from './ConnectorDetail';
export { ConnectorTable } from './ConnectorTable';
export { ObserveButton } from './ObserveButton';
export { useConnector, useConnectors } from './queries';
