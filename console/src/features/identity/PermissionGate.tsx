import type { ReactNode } from 'react';
import type { Permission } from '#/api/types';
import { EmptyState } from '#/ui/EmptyState';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { roleLabel } from '#/words';
import { useMay, useMe } from './session';

interface Props {
  title: string;
  anyOf: Permission[];
  children: ReactNode;
}

/** A page for those who hold one of the permissions; the others are told why they see nothing. */
export function PermissionGate({ title, anyOf, children }: Props) {
  const may = useMay();
  const { role } = useMe();
  if (may(...anyOf)) return <>{children}</>;
  return (
    <Page title={title}>
      <Panel>
        <EmptyState icon="lock" title="Your role does not permit this">
          You are signed in as {roleLabel(role).toLowerCase()}. An owner or admin of the organization can
          change roles.
        </EmptyState>
      </Panel>
    </Page>
  );
}
