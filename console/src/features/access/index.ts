export { CatalogueFilters } from './CatalogueFilters';
export { CatalogueTable } from './CatalogueTable';
export { DriftTable } from './DriftTable';
export { EntitlementDrawer } from './EntitlementDrawer';
export {
  type CatalogueFilter,
  useConnectorSummaries,
  useEntitlement,
  useMyAccounts,
  useMySystems,
} from './queries';
export { StageRules } from './StageRules';
