import { NavLink } from './nav-link';
import { pageGroups } from './pages';

type Props = { org: string; waitingCount: number; label?: string };

export function Navigation({ org, waitingCount, label = 'Main' }: Props) {
  return (
    <nav aria-label={label} className="flex flex-col">
      {pageGroups.map((group) => (
        <ul
          key={group[0]?.key}
          className="flex flex-col gap-0.5 border-line not-first:mt-3 not-first:border-t not-first:pt-3"
        >
          {group.map(({ key, label: name, icon: Icon, path }) => (
            <li key={key}>
              <NavLink href={path(org)} exact={key === 'overview'}>
                <Icon size={15} strokeWidth={1.75} aria-hidden />
                {name}
                {key === 'decisions' && waitingCount > 0 ? (
                  <span className="tnum ml-auto font-medium text-walk">
                    {waitingCount}
                    <span className="sr-only"> waiting</span>
                  </span>
                ) : null}
              </NavLink>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}
