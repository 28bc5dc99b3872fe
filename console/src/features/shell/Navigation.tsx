import { Link } from '@tanstack/react-router';
import { useMay } from '#/features/identity';
import { Icon } from '#/ui/Icon';
import { DESTINATIONS } from './navigation';
import classes from './Navigation.module.css';

/** The links of the left rail, as far as the role reaches. */
export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const may = useMay();
  return (
    <nav aria-label="Main">
      <ul className={classes.links}>
        {DESTINATIONS.filter(({ anyOf }) => anyOf === null || may(...anyOf)).map(({ to, label, icon }) => (
          <li key={to}>
            <Link
              to={to}
              className={classes.link}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              onClick={onNavigate}
            >
              <Icon name={icon} />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
