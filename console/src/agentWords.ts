import type { Json } from './api/canonical';
import type { AgentFinding, AgentHealth, AgentState, AgentWarning } from './api/types';
import { spaced, type Word } from './words';

const word = (label: string, tone: Word['tone']): Word => ({ label, tone });

export const AGENT_STATES: Record<AgentState, Word> = {
  pending: word('Not enrolled yet', 'info'),
  active: word('Active', 'good'),
  revoked: word('Revoked', 'quiet'),
  lost: word('Lost', 'bad'),
};

/** By when they last spoke. */
export const AGENT_HEALTH: Record<AgentHealth, Word> = {
  online: word('Online', 'good'),
  late: word('Late', 'warning'),
  silent: word('Silent', 'bad'),
};

/** What somebody should look at, in a word. */
export const AGENT_WARNINGS: Record<AgentWarning, Word> = {
  'clone-suspected': word('Two hosts have its key', 'bad'),
  'log-refused': word('Does not believe the log', 'bad'),
  'policy-refused': word('Policy not read', 'warning'),
  'policy-absent': word('No policy', 'warning'),
  'clock-differs': word('Clock differs', 'warning'),
  'observations-dropped': word('Observations dropped', 'warning'),
  'finding-open': word('Finding', 'bad'),
};

/** How bad a finding is. */
export const SEVERITIES: Record<AgentFinding['severity'], Word> = {
  critical: word('Critical', 'bad'),
  high: word('High', 'bad'),
  medium: word('Medium', 'warning'),
  low: word('Low', 'info'),
  informational: word('For information', 'quiet'),
};

/** What was found out about an agent, by the rule that was broken. */
const FINDINGS: Record<string, string> = {
  'agent.number-reused':
    'It gave one number to two messages: two hosts have its key, or its host was set back.',
  'agent.old-token-used': 'A token that it had replaced was used again: there is a copy of its host.',
  'agent.key-enrolled-again': 'Another host tried to enrol with its key.',
  'agent.receipts-missing': 'Receipts are missing here: the server was set back to an earlier state.',
  'agent.log-refused': 'It was shown a log that does not continue what it had seen.',
  'log.forked':
    'It has cosigned a checkpoint of this log that the log does not have: there are two histories.',
};

export function findingText(rule: string): string {
  return FINDINGS[rule] ?? `${spaced(rule.replaceAll('.', ' '))}.`;
}

/** What agents can do, as people say it. */
export const ACTIONS: Record<string, Word> = {
  'file-mode.set': word('Set the permissions of a file', 'quiet'),
  'file-owner.set': word('Give a file to an account and a group', 'quiet'),
  'account.lock': word('Lock an account', 'quiet'),
  'account.unlock': word('Unlock an account', 'quiet'),
  'sessions.end': word('End the sessions of an account', 'quiet'),
  'group-member.add': word('Add an account to a group', 'quiet'),
  'group-member.remove': word('Remove an account from a group', 'quiet'),
  'sudo-rule.place': word('Place a sudo rule', 'quiet'),
  'sudo-rule.remove': word('Remove a sudo rule', 'quiet'),
  'ssh-key.add': word('Let an SSH key into an account', 'quiet'),
  'ssh-key.remove': word('Keep an SSH key out of an account', 'quiet'),
  'service.restart': word('Restart a service', 'quiet'),
  'package.update': word('Update a package', 'quiet'),
  'database-password.rotate': word('Give a database role another password', 'quiet'),
  'agent.update': word('Update the agent itself', 'quiet'),
};

/** What became of an action package. */
export const OUTCOMES: Record<string, Word> = {
  changed: word('Changed', 'good'),
  unchanged: word('Was so already', 'good'),
  'resolved-by-observation': word('Interrupted, but done', 'good'),
  interrupted: word('Interrupted, not as asked for', 'bad'),
  failed: word('Failed', 'bad'),
  rejected: word('Rejected by the agent', 'bad'),
};

/** Why, in the words of the protocol (docs/formats/agent.md). */
export const REASONS: Record<string, string> = {
  'refused-by-host': 'The host refused it.',
  'not-found': 'What it is about is not on the host.',
  'timed-out': 'It took too long and was stopped.',
  'unexpected-state': 'The host is not in the state that the action needs.',
  undone: 'It did not come out as asked for, and was undone.',
  'not-allowed': 'The host’s own policy does not name this action.',
  'parameter-not-allowed': 'The host’s own policy does not allow these parameters.',
  'unknown-action': 'This version of the agent does not know the action.',
  'parameter-invalid': 'A parameter has not the shape that the action has.',
  'assertions-missing': 'The host wants the passkeys of more approvers.',
  expired: 'It came after it had expired.',
  'too-early': 'By the host’s clock it is not good yet.',
  'clock-behind': 'The host’s clock is behind what it was before.',
  replayed: 'It came a second time.',
  'sequence-rolled-back':
    'Its number is not above the last one: the server was set back, or somebody replays.',
  'step-done': 'This step was carried out before.',
  'plan-altered': 'The plan is not the one that was approved.',
  'action-not-the-step': 'The action is not the one of the plan.',
  'plan-too-old': 'The plan is older than the host takes.',
  'other-approval': 'The approval belongs to another plan.',
  'not-granted': 'The log does not say that it was granted.',
  'not-in-log': 'The approval is not in the log.',
  'log-forked': 'The log was forked: there are two histories.',
  'log-rolled-back': 'The log is shorter than it was.',
  'log-unproven': 'The log does not show that it continues what the agent knows.',
  'log-unsigned': 'The log is not signed by a key that the agent believes.',
  altered: 'The signature does not hold: somebody altered it.',
  unsigned: 'It is not signed.',
  'unknown-key': 'It is signed by a key that the agent does not believe.',
};

export function reasonText(reason: string): string {
  return REASONS[reason] ?? `${spaced(reason)}.`;
}

/** Why an agent did not become another release (docs/formats/agent-releases.md). */
const REFUSALS: Record<string, string> = {
  'not-prepared': 'Its package has no root of trust',
  'memory-corrupt': 'What it knew of the releases is damaged',
  downgrade: 'A newer version runs',
  unreachable: 'The server did not give the files',
  malformed: 'The metadata are not well formed',
  'threshold-not-met': 'Too few keys have signed',
  'root-out-of-order': 'The root is not the next one',
  'root-expired': 'The root has expired',
  'timestamp-rolled-back': 'The timestamp is older than one it has seen',
  'timestamp-expired': 'The timestamp has expired: the server’s copy is old',
  'wrong-length': 'A file has not the length that was signed',
  'wrong-hash': 'A file is not the one that was signed',
  mixed: 'The metadata are of different times',
  'snapshot-rolled-back': 'The snapshot is older than one it has seen',
  'targets-rolled-back': 'The list of releases is older than one it has seen',
  'snapshot-expired': 'The snapshot has expired',
  'targets-expired': 'The list of releases has expired',
  'no-such-release': 'Nobody has signed such a release',
  'other-platform': 'The release is for another platform',
  'no-space': 'The disk has too little room',
  'not-an-archive': 'The archive cannot be unpacked safely',
  'does-not-start': 'The release does not start on this host',
  'turned-back': 'The release has not checked in, so the former one runs again',
};

const PARAMETERS: Record<string, string> = {
  mode: 'Permission bits',
  owner: 'Owner, by number',
  group: 'Group',
  expires: 'Open until',
  subject: 'Who',
  subjectName: 'Name of the account or group',
  runAs: 'Runs as',
  arguments: 'Arguments of the program',
  password: 'Own password is asked for',
  socket: 'Folder of the database’s socket',
  role: 'Role of the database',
  file: 'File with the password',
  accepted: 'The database takes it',
  changed: 'Written',
  since: 'Unless it was done since',
  fingerprint: 'Fingerprint of the key',
  sha256: 'SHA-256 of the archive',
  length: 'Length of the archive in bytes',
  refusal: 'Why not',
};

/** How a parameter, or a value of a summary, is called. */
export function parameterLabel(name: string): string {
  return PARAMETERS[name] ?? spaced(name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}

const DAY = 86_400_000;
const LAST_DAY = 100_000;

/** A value as it stands in the plan; where people read it otherwise, that stands beside it. */
export function parameterText(name: string, value: Json): string {
  if (typeof value === 'string') return name === 'refusal' ? refusalText(value) : value;
  if (name === 'mode' && typeof value === 'number') return `${octal(value)} (${value})`;
  if (name === 'expires' && typeof value === 'number' && value <= LAST_DAY) {
    return `${new Date(value * DAY).toISOString().slice(0, 10)} (day ${value})`;
  }
  return JSON.stringify(value);
}

function refusalText(refusal: string): string {
  const text = REFUSALS[refusal];
  return text === undefined ? refusal : `${text} (${refusal})`;
}

function octal(bits: number): string {
  return bits.toString(8).padStart(4, '0');
}
