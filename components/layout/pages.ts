import {
  Bot,
  CalendarCheck,
  CircleAlert,
  LayoutGrid,
  ListChecks,
  type LucideIcon,
  PenLine,
  Rows3,
  Scale,
  ScrollText,
  Settings,
} from 'lucide-react';
import { paths } from './paths';

export type PageKey =
  | 'overview'
  | 'decisions'
  | 'lanes'
  | 'tasks'
  | 'incidents'
  | 'reports'
  | 'agents'
  | 'record'
  | 'audit'
  | 'settings';

type PageEntry = {
  key: PageKey;
  label: string;
  icon: LucideIcon;
  path: (org: string) => string;
  shortcut: string;
};

/** The pages of the navigation, in groups. `shortcut` is the key after G. */
export const pageGroups: PageEntry[][] = [
  [
    { key: 'overview', label: 'Overview', icon: LayoutGrid, path: paths.overview, shortcut: 'O' },
    { key: 'decisions', label: 'Decisions', icon: Scale, path: (org) => paths.decisions(org), shortcut: 'D' },
    { key: 'lanes', label: 'Lanes', icon: Rows3, path: (org) => paths.lanes(org), shortcut: 'L' },
    { key: 'tasks', label: 'Tasks', icon: ListChecks, path: (org) => paths.tasks(org), shortcut: 'T' },
    {
      key: 'incidents',
      label: 'Incidents',
      icon: CircleAlert,
      path: (org) => paths.incidents(org),
      shortcut: 'I',
    },
  ],
  [
    {
      key: 'reports',
      label: 'Reports',
      icon: CalendarCheck,
      path: (org) => paths.reports(org),
      shortcut: 'W',
    },
    { key: 'agents', label: 'Agents', icon: Bot, path: paths.agents, shortcut: 'A' },
    { key: 'record', label: 'Record by hand', icon: PenLine, path: paths.record, shortcut: 'R' },
  ],
  [
    { key: 'audit', label: 'Audit log', icon: ScrollText, path: (org) => paths.audit(org), shortcut: 'U' },
    { key: 'settings', label: 'Settings', icon: Settings, path: paths.settings, shortcut: 'S' },
  ],
];
