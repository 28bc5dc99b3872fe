import type { Entitlement } from '#/api/types';
import { RISKS, rolesText, wordOf } from '#/words';
import classes from './StageRules.module.css';

/** Who will have to approve, as far as it is known before the request exists. */
export function StageRules({ entitlement }: { entitlement: Entitlement }) {
  const stages = entitlement.stages ?? [];
  const risk = wordOf(RISKS, entitlement.risk).label.toLowerCase();
  return (
    <section className={classes.rules}>
      <h3 className={classes.title}>Who will have to approve</h3>
      {stages.length === 0 ? (
        <p className={classes.text}>
          The organization&rsquo;s policy chooses the approvers from the risk ({risk}) when you submit; the
          request&rsquo;s page then shows them.
        </p>
      ) : (
        <ol className={classes.stages}>
          {stages.map(({ name, quorum, roles }) => (
            <li key={name}>
              <strong>{name}</strong>: {quorum} of {rolesText(roles)}
            </li>
          ))}
        </ol>
      )}
      <p className={classes.text}>Neither you nor the person whose access it is can decide.</p>
    </section>
  );
}
