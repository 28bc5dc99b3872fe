export { AddDirectory } from './AddDirectory';
export { DirectoriesHelp } from './DirectoriesHelp';
export { DirectoryDrawer } from './DirectoryDrawer';
export { DirectoryTable } from './DirectoryTable';
