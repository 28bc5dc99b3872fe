export { CredentialsView } from './CredentialsView';
export { SessionsDrawer } from './SessionsDrawer';
export { SessionsHelp } from './SessionsHelp';
export { SessionsView } from './SessionsView';
export { SignInWays } from './SignInWays';
