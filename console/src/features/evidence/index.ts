export { CollectionForm } from './CollectionForm';
export { DownloadButton } from './DownloadButton';
export { EvidenceDetail } from './EvidenceDetail';
export { EvidenceTable } from './EvidenceTable';
export { useEvidencePackage } from './queries';
