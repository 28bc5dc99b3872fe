/** What a problem means for the person in front of it, and what to do next. */
export interface Advice {
  title: string;
  next: string;
}

const ADVICE: Record<string, Advice> = {
  unreachable: {
    title: 'The server cannot be reached',
    next: 'Nothing was changed. Check the network; the console tries again when you ask it to.',
  },
  defect: {
    title: 'The server made a mistake',
    next: 'Nothing was changed. Give the trace id to whoever operates Nuxari.',
  },
  unavailable: {
    title: 'Something the server needs does not answer',
    next: 'Nothing was changed. Try again in a moment.',
  },
  'csrf-token-missing': {
    title: 'The page is older than your session',
    next: 'Reload the page, then do it again.',
  },
  'not-a-member': {
    title: 'You are a member of no organization here',
    next: 'Ask an owner or admin of your organization to invite you.',
  },
  'no-such-session': {
    title: 'This session has ended',
    next: 'Nobody is signed in with it any more. Look at the list.',
  },
  'no-such-credential': {
    title: 'This one is not there any more',
    next: 'Nothing was changed. Look at the list.',
  },
  'last-second-factor': {
    title: 'It is your last second factor',
    next: 'Your organization demands one of you. Add another passkey or authenticator app first, then remove this one.',
  },
  'last-way-in': {
    title: 'You could not sign in any more',
    next: 'It is your only way in. Set a password or add another passkey first.',
  },
  'unlocked-too-soon': {
    title: 'A lock of theirs was ended a moment ago',
    next: 'It ends by itself after half an hour. If it is not them who tries, leave it: somebody guesses.',
  },
  'log-key-rotated': {
    title: 'Somebody has just replaced the log key',
    next: 'It was not replaced again. Look at the keys, and decide again.',
  },
  'identity-provider-not-ready': {
    title: 'It cannot be enabled as it is',
    next: 'Check the connection: it says what to change.',
  },
  'no-such-agent': {
    title: 'This agent is not there',
    next: 'Look at the list of agents.',
  },
  'no-such-enrolment-token': {
    title: 'This enrolment token is not there',
    next: 'Nothing was changed. Look at the tokens of the agent.',
  },
  'too-many-agents': {
    title: 'The organization has as many agents as it may have',
    next: 'Revoke agents that are not needed.',
  },
  'agent-enrolled': {
    title: 'A host has become this agent, or it has ended',
    next: 'Add another agent for another host.',
  },
  'agent-not-active': {
    title: 'The agent does not act',
    next: 'Wait until its host has enrolled; one that was revoked or lost does nothing any more.',
  },
  'no-such-directory': {
    title: 'This directory is not there',
    next: 'Look at the list of directories.',
  },
  'no-such-directory-token': {
    title: 'This token is not there',
    next: 'Nothing was changed. Look at the tokens of the directory.',
  },
  'too-many-directories': {
    title: 'The organization has ten directories, and no more',
    next: 'Change one that is there.',
  },
  'too-many-directory-tokens': {
    title: 'The directory has five tokens, and no more',
    next: 'Revoke one that is not needed, then issue another one.',
  },
  'domain-checked-too-soon': {
    title: 'It was looked at a moment ago',
    next: 'Wait ten seconds. New records often take minutes to be seen.',
  },
  conflict: { title: 'Somebody changed the same thing', next: 'Reload the page, then do it again.' },
  'several-accounts-in-system': {
    title: 'You have several accounts in this system',
    next: 'Choose the one that is to hold the entitlement.',
  },
  'entitlement-absent': {
    title: 'The entitlement is no longer in its system',
    next: 'Look for it in the catalogue again.',
  },
  'account-absent': {
    title: 'The account is no longer in its system',
    next: 'Have the system observed again, or choose another account.',
  },
  'account-disabled': {
    title: 'The account is disabled',
    next: 'A disabled account is granted nothing. Ask an admin of the system to enable it.',
  },
  'secret-in-plan': {
    title: 'The justification looks like it holds a secret',
    next: 'Take it out: a plan is kept for ever and read by many.',
  },
  'request-settled': {
    title: 'The request is not open any more',
    next: 'What was decided or taken back stays so. You can ask again.',
  },
  'workflow-not-cancellable': {
    title: 'This workflow cannot be cancelled any more',
    next: 'It has begun to change the system, or it is over.',
  },
  'event-too-large': {
    title: 'That is more than one entry of the log holds',
    next: 'Nothing has changed. Say it in fewer words, or do it in several steps.',
  },
  'export-too-large': {
    title: 'That is more than one file holds',
    next: 'Narrow the filters, for example to a month at a time, and export again.',
  },
  'period-too-long': {
    title: 'That is more than one file holds',
    next: 'Choose a shorter period, and go on from where it ends. Consecutive files are complete together.',
  },
  'period-not-over': {
    title: 'The period is not over',
    next: 'Let it end now or earlier: only then can nothing be added to it any more.',
  },
  'server-error': {
    title: 'The server could not answer',
    next: 'Try again in a moment. If it stays, give the trace id to whoever operates Nuxari.',
  },
  'console-defect': {
    title: 'The console made a mistake',
    next: 'Reload the page. If it happens again, report what you did.',
  },
  unauthenticated: { title: 'You are signed out', next: 'Sign in again; you come back to this page.' },
  'mfa-required': {
    title: 'Your organization asks you for a second factor',
    next: 'Show it; you come back to this page.',
  },
  'step-up-required': {
    title: 'Show your second factor first',
    next: 'Nothing was changed. You come back to this page; what you wrote here you write again.',
  },
  'address-not-allowed': {
    title: 'Your organization does not let you in from this network',
    next: 'Use one of its networks, for example by its VPN, or ask an owner or admin to add this one.',
  },
  'login-method-not-allowed': {
    title: 'Your organization does not accept the way you signed in',
    next: 'Sign in another way, for example with your account at work.',
  },
  'locks-you-out': {
    title: 'These rules would lock you out',
    next: 'Nothing was saved. Change them, or save them knowing that.',
  },
  'not-permitted': {
    title: 'Your role does not permit this',
    next: 'An owner or admin of the organization can change roles.',
  },
  'not-found': {
    title: 'There is nothing here',
    next: 'It does not exist, or it belongs to somebody you may not read.',
  },
  'rate-limited': { title: 'Too many requests', next: 'Wait a moment, then try again.' },
  'invalid-field': {
    title: 'A field is not valid',
    next: 'Correct the fields named below and send it again.',
  },
  'stale-version': {
    title: 'Somebody changed this meanwhile',
    next: 'Nothing of yours was saved. Look at it as it is now, then decide again.',
  },
  'idempotency-key-reused': {
    title: 'This was sent before',
    next: 'Reload the page to see what came of it.',
  },
  'request-in-progress': {
    title: 'The same request is being worked on',
    next: 'Wait a moment, then reload.',
  },
  'entitlement-of-another-system': {
    title: 'Account and entitlement belong to different systems',
    next: 'Choose an account of the system the entitlement is in.',
  },
  'no-account-in-system': {
    title: 'You have no account in this system',
    next: 'Ask an admin to create one; entitlements are held by accounts.',
  },
  'already-held': {
    title: 'The account holds this already',
    next: 'Nothing needs to be requested.',
  },
  'not-held': { title: 'The account does not hold this', next: 'There is nothing to remove.' },
  'self-approval': {
    title: 'This is your own request, or your own access',
    next: 'Somebody else decides. That holds for every role.',
  },
  'already-decided': {
    title: 'You have decided already',
    next: 'A quorum counts different people; another member is needed.',
  },
  'plan-changed': {
    title: 'The plan is no longer the one you saw',
    next: 'Your decision was not recorded. Read the plan as it is now, then decide.',
  },
  'approval-expired': {
    title: 'The approval has expired',
    next: 'The requester can ask again; a new plan gets a new approval.',
  },
  'approval-closed': {
    title: 'The approval is closed',
    next: 'It was decided, withdrawn or has expired. Nothing more can be decided here.',
  },
  'not-eligible': {
    title: 'The open stage needs another role',
    next: 'Its roles are listed with the stage.',
  },
  'workflow-not-retryable': {
    title: 'This workflow cannot be retried',
    next: 'Only a failed workflow whose approval is still valid continues. Otherwise ask again.',
  },
};

/** Advice for a slug; null when this console has no words of its own for it. */
export function adviceFor(slug: string): Advice | null {
  const generic = slug.startsWith('no-such-') ? ADVICE['not-found'] : undefined;
  return ADVICE[slug] ?? generic ?? null;
}
