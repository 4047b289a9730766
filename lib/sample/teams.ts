import { teamSlugOf } from '@/lib/domain/team-slug';

/** What the files of a repository look like. */
export type Language = 'ts' | 'go' | 'py' | 'kt' | 'swift' | 'tf';

export type SampleRepository = { name: string; language: Language };

export type SampleTeam = {
  name: string;
  slug: string;
  repositories: readonly SampleRepository[];
  /** Parts of the code, as they stand in scopes and paths. */
  components: readonly string[];
  /** What the code is about, in the singular. */
  nouns: readonly string[];
  /** Who decides for the team. Leads review, but ask for no changes: nobody promotes their own work. */
  lead: string;
  /** Who asks for changes, and reviews those of others. */
  members: readonly string[];
  /** Keys of the agents it works with, the favourite first. */
  agents: readonly string[];
};

type Row = Omit<SampleTeam, 'slug' | 'repositories'> & { repositories: readonly [string, Language][] };

/** Invented people throughout. */
const ROWS: readonly Row[] = [
  {
    name: 'Payments',
    repositories: [
      ['northwind/payments-api', 'ts'],
      ['northwind/ledger', 'go'],
      ['northwind/payouts', 'ts'],
    ],
    components: ['ledger', 'refunds', 'payouts', 'invoices', 'settlement', 'webhooks', 'disputes'],
    nouns: ['refund', 'invoice', 'payout', 'chargeback', 'ledger entry', 'exchange rate'],
    lead: 'Amara Okafor',
    members: ['Tomás Rivera', 'Linh Pham', 'Jonas Weber', 'Priya Nair'],
    agents: ['claude-code', 'codex'],
  },
  {
    name: 'Search',
    repositories: [
      ['northwind/search-api', 'ts'],
      ['northwind/indexer', 'go'],
      ['northwind/ranking', 'py'],
    ],
    components: ['query', 'indexer', 'ranking', 'facets', 'synonyms', 'suggest'],
    nouns: ['query', 'facet', 'synonym list', 'document', 'result page', 'index shard'],
    lead: 'Henrik Dahl',
    members: ['Mei-Ling Chou', 'Samuel Adeyemi', 'Ana Kovač', 'Ravi Iyer'],
    agents: ['claude-code', 'cursor'],
  },
  {
    name: 'Identity',
    repositories: [
      ['northwind/identity-service', 'go'],
      ['northwind/login-web', 'ts'],
    ],
    components: ['login', 'sessions', 'profile', 'invitations', 'directory', 'consent'],
    nouns: ['session', 'invitation', 'profile', 'sign-in link', 'device', 'group'],
    lead: 'Leila Haddad',
    members: ['Marcus Bell', 'Yuki Tanabe', 'Sofia Lindqvist', 'Daniel Osei'],
    agents: ['codex', 'copilot'],
  },
  {
    name: 'Checkout',
    repositories: [
      ['northwind/checkout-web', 'ts'],
      ['northwind/cart-service', 'kt'],
      ['northwind/pricing', 'kt'],
    ],
    components: ['cart', 'pricing', 'vouchers', 'shipping', 'taxes', 'summary'],
    nouns: ['cart', 'voucher', 'price', 'delivery slot', 'tax line', 'order'],
    lead: 'Pavel Novotny',
    members: ['Carmen Ruiz', 'Kwame Mensah', 'Ingrid Solberg', 'Arjun Mehta'],
    agents: ['cursor', 'claude-code'],
  },
  {
    name: 'Mobile',
    repositories: [
      ['northwind/mobile-ios', 'swift'],
      ['northwind/mobile-android', 'kt'],
    ],
    components: ['onboarding', 'home', 'offline', 'push', 'settings', 'scanner'],
    nouns: ['notification', 'screen', 'barcode', 'offline queue', 'deep link', 'avatar'],
    lead: 'Noor Rahman',
    members: ['Lucas Ferreira', 'Hana Kimura', 'Oliver Grant', 'Zanele Dube'],
    agents: ['copilot', 'cursor'],
  },
  {
    name: 'Data platform',
    repositories: [
      ['northwind/pipelines', 'py'],
      ['northwind/warehouse', 'py'],
      ['northwind/event-hub', 'go'],
    ],
    components: ['ingest', 'schemas', 'backfill', 'lineage', 'scheduler', 'exports'],
    nouns: ['partition', 'table', 'event', 'schema', 'export', 'late record'],
    lead: 'Elif Aydin',
    members: ['Mateo Vargas', 'Chloe Martin', 'Bogdan Petrescu', 'Wanjiru Kamau'],
    agents: ['claude-code', 'codex'],
  },
  {
    name: 'Growth',
    repositories: [
      ['northwind/growth-site', 'ts'],
      ['northwind/experiments', 'ts'],
      ['northwind/mailer', 'ts'],
    ],
    components: ['landing', 'experiments', 'mailer', 'referrals', 'tracking', 'banners'],
    nouns: ['campaign', 'experiment', 'newsletter', 'referral', 'banner', 'segment'],
    lead: 'Rosa Delgado',
    members: ['Finn Gallagher', 'Aisha Siddiqui', 'Theo Laurent', 'Mina Park'],
    agents: ['cursor', 'codex'],
  },
  {
    name: 'Infrastructure',
    repositories: [
      ['northwind/platform-infra', 'tf'],
      ['northwind/deploy-tools', 'go'],
      ['northwind/observability', 'go'],
    ],
    components: ['clusters', 'deploy', 'alerts', 'dashboards', 'runners', 'networking'],
    nouns: ['alert', 'dashboard', 'node pool', 'rollout', 'runner', 'certificate'],
    lead: 'Viktor Stanev',
    members: ['Grace Mbeki', 'Ivo Horvat', 'Salma Benali', 'Erik Sandberg'],
    agents: ['claude-code', 'codex'],
  },
];

export const SAMPLE_TEAMS: readonly SampleTeam[] = ROWS.map((row) => ({
  ...row,
  slug: teamSlugOf(row.name),
  repositories: row.repositories.map(([name, language]) => ({ name, language })),
}));
