import { type IncidentScript, type LaneScript, laneKey } from './lane-script';

/** Incidents of the background: news that a lane outlives. */
const INCIDENTS: readonly IncidentRow[] = [
  [
    'data-platform/feature',
    'Nightly export is empty',
    'feat(exports): export by partition',
    'SEV2',
    252.6,
    'agent error',
  ],
  [
    'checkout/refactor',
    'Prices flicker while the summary loads',
    'refactor(summary): split the price view',
    'SEV4',
    203.2,
    'agent error',
  ],
  ['payments/chore', 'A certificate ran out', 'ci: cache the build of webhooks', 'SEV3', 171.9, 'unrelated'],
  [
    'growth/feature',
    'Newsletter sent to a closed segment',
    'feat(mailer): filter by segment',
    'SEV3',
    153.3,
    'governance gap',
  ],
  [
    'payments/feature',
    'Invoices of one customer show the wrong currency',
    'feat(invoices): show the exchange rate',
    'SEV3',
    118.1,
    'review miss',
  ],
  [
    'search/tests',
    'Search is slow in one region',
    'test(query): cover empty queries',
    'SEV2',
    97.5,
    'unrelated',
  ],
  [
    'mobile/feature',
    'The scanner crashes on old tablets',
    'feat(scanner): read damaged barcodes',
    'SEV3',
    86.4,
    'agent error',
  ],
  [
    'search/bugfix',
    'Facets count deleted documents',
    'fix(facets): stale facet after a rename',
    'SEV4',
    64.8,
    'agent error',
  ],
  [
    'identity/refactor',
    'Sign-in takes four seconds for large groups',
    'refactor(directory): one place for group lookups',
    'SEV3',
    41.2,
    'context gap',
  ],
  [
    'infrastructure/bugfix',
    'Alerts arrive twice',
    'fix(alerts): retry loop after a timeout',
    'SEV4',
    30.7,
    'governance gap',
  ],
  [
    'growth/chore',
    'Landing page without styles',
    'chore(landing): move the build to the shared pipeline',
    'SEV3',
    3.4,
    null,
  ],
  [
    'checkout/feature',
    'Delivery slots of yesterday are offered',
    'feat(shipping): let people name a delivery slot',
    'SEV3',
    2.3,
    null,
  ],
  [
    'identity/chore',
    'Invitations arrive an hour late',
    'chore(invitations): run the mail job in parallel',
    'SEV4',
    1.2,
    null,
  ],
];

type IncidentRow = readonly [
  lane: string,
  title: string,
  task: string,
  severity: IncidentScript['severity'],
  daysBefore: number,
  /** Null = nobody has looked at the suggested link yet. */
  cause: IncidentScript['cause'],
];

function incidentOf([, title, task, severity, daysBefore, cause]: IncidentRow): IncidentScript {
  const isBurning = daysBefore < 2;
  return {
    title,
    task,
    severity,
    daysBefore,
    cause,
    link: cause === null ? null : cause === 'unrelated' ? 'rejected' : 'confirmed',
    confidence: Math.round(100 * (cause === 'unrelated' ? 0.29 : 0.55 + (daysBefore % 4) / 10)) / 100,
    hoursToLink: 2 + (daysBefore % 9) * 3,
    hoursToResolve: isBurning ? null : 1 + (daysBefore % 7) * 2,
  };
}

/** The incidents of a lane, whether it has a story or not. */
export function incidentsOf(script: LaneScript): IncidentScript[] {
  const background = INCIDENTS.filter(([lane]) => lane === laneKey(script)).map(incidentOf);
  return [...(script.incidents ?? []), ...background];
}
