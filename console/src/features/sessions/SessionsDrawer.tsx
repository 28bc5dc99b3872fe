import { Drawer } from '@mantine/core';
import type { Member } from '#/api/types';
import { useMay } from '#/features/identity';
import { Panel } from '#/ui/Panel';
import { LockNotice } from './LockNotice';
import { SessionsHelp } from './SessionsHelp';
import { SessionsView } from './SessionsView';

interface Props {
  member: Member;
  onClose: () => void;
}

/** A member's sessions, for whoever manages members. Only an owner ends an owner's. */
export function SessionsDrawer({ member: { memberId, displayName, role }, onClose }: Props) {
  const may = useMay();
  const mayEnd = role !== 'owner' || may('members:manage-owners');
  return (
    <Drawer opened onClose={onClose} size="xl" title={`Sessions of ${displayName}`}>
      <LockNotice memberId={memberId} name={displayName} />
      <Panel
        title="Where they are signed in"
        note={mayEnd ? 'The browsers, newest first.' : 'Only an owner may end sessions of an owner.'}
        flush
      >
        <SessionsView memberId={memberId} name={displayName} mayEnd={mayEnd} />
      </Panel>
      <Panel title="What ending a session means">
        <SessionsHelp />
      </Panel>
    </Drawer>
  );
}
