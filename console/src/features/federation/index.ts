export { AddProvider } from './AddProvider';
export { FederationHelp } from './FederationHelp';
export { ProviderDrawer } from './ProviderDrawer';
export { ProviderTable } from './ProviderTable';
