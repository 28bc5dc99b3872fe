export { AddDomain } from './AddDomain';
export { DomainDrawer } from './DomainDrawer';
export { DomainsHelp } from './DomainsHelp';
export { DomainTable } from './DomainTable';
