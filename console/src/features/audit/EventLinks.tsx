import type { AuditRecord } from '#/api/hashed';
import { TextLink } from '#/ui/TextLink';
import classes from './EventDrawer.module.css';
import type { AuditFilter } from './queries';

const FOLLOWED = ['approval', 'evidence-package', 'request', 'workflow'];

/** From one event to those that have something in common with it. */
export function EventLinks({ event }: { event: AuditRecord }) {
  const { actor, action, target } = event;
  const matter =
    event.requestId ?? event.approvalRef ?? (FOLLOWED.includes(target.type) ? target.id : undefined);
  const links: [string, AuditFilter][] = [
    ['By the same actor', { actor: `${actor.type}:${actor.id}` }],
    ['The same action', { action }],
    ['About the same target', { targetType: target.type, targetId: target.id }],
  ];
  return (
    <nav className={classes.links} aria-label="Related events">
      {matter !== undefined && (
        <TextLink to="/audit" search={{ following: matter }} fw={500}>
          Follow all that belongs to it
        </TextLink>
      )}
      {links.map(([label, search]) => (
        <TextLink key={label} to="/audit" search={search}>
          {label}
        </TextLink>
      ))}
    </nav>
  );
}
