import { createContext, use } from 'react';
import type { Me, Permission } from '#/api/types';

export const SessionContext = createContext<Me | null>(null);

/** The person who is signed in. Only below the session gate, where there is one. */
export function useMe(): Me {
  const me = use(SessionContext);
  if (me === null) throw new Error('Nobody is signed in here');
  return me;
}

export function useOrganizationId(): string {
  return useMe().organization.id;
}

/** Whether the screen offers something. The server decides again, and its answer counts. */
export function useMay(): (...anyOf: Permission[]) => boolean {
  const { permissions } = useMe();
  return (...anyOf) => anyOf.some((permission) => permissions.includes(permission));
}
