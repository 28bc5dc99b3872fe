import type { DirectoryGroup, DirectoryState } from './api/types';
import type { Word } from './words';

export const DIRECTORY_STATES: Record<DirectoryState, Word> = {
  active: { label: 'Active', tone: 'good' },
  disabled: { label: 'Disabled', tone: 'warning' },
};

/** By what a group is known. */
export const GROUP_MATCHES: Record<DirectoryGroup['matchedBy'], Word> = {
  'display-name': { label: 'Display name', tone: 'quiet' },
  'external-id': { label: 'External id', tone: 'quiet' },
};
