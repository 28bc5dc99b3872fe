import { useMay } from '#/features/identity';
import { DriftPerConnector } from './DriftPerConnector';
import { LatestActivity } from './LatestActivity';
import { LatestWorkflows } from './LatestWorkflows';
import { MyOpenRequests } from './MyOpenRequests';
import classes from './Overview.module.css';
import { WaitingForMe } from './WaitingForMe';

/** What waits for the person who looks, and how things stand, as far as the role reaches. */
export function Overview() {
  const may = useMay();
  return (
    <div className={classes.overview}>
      {may('approvals:decide') && <WaitingForMe />}
      {may('requests:create') && <MyOpenRequests />}
      {may('connectors:read') && <DriftPerConnector />}
      {may('audit:read') && <LatestActivity />}
      {may('workflows:read', 'workflows:read-own') && <LatestWorkflows />}
    </div>
  );
}
