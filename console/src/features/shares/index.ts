export { ShareButton } from './ShareButton';
export { ShareDrawer } from './ShareDrawer';
export { ShareTable } from './ShareTable';
