import type { Entitlement } from '#/api/types';
import { rolesText } from '#/words';
import classes from './StageRules.module.css';

/** Who will have to approve, as far as it is known before the request exists. */
export function StageRules({ entitlement }: { entitlement: Entitlement }) {
  return (
    <section className={classes.rules}>
      <h3 className={classes.title}>Who will have to approve</h3>
      <ol className={classes.stages}>
        {entitlement.stages.map(({ name, quorum, roles }) => (
          <li key={name}>
            <strong>{name}</strong>: {quorum} of {rolesText(roles)}
          </li>
        ))}
      </ol>
      <p className={classes.text}>Neither you nor the person whose access it is can decide.</p>
    </section>
  );
}
