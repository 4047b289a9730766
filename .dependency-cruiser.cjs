/** "Who may import whom" of docs/ARCHITECTURE.md. A file's role is its name: loaders, data, mutations, actions, ability, schema, types. */
const test = ['\\.test\\.tsx?$', '/testing/', '/testing\\.ts$', '^e2e/'];
const database = '^lib/platform/db\\.ts$|^generated/prisma';
const roleOf = (roles) => [`^lib/[^/]+/(${roles})\\.tsx?$`, `^lib/[^/]+/(${roles})/`];

const rule = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: test, ...from },
  to,
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports is a door (a page, a route, a command, a test) or it is dead.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '\\.config\\.(ts|mjs|cjs)$',
          '^(app|e2e|scripts|bin|bench)/',
          ...test,
          '^(proxy|instrumentation)\\.ts$',
        ],
      },
      to: {},
    },
    rule(
      'domain-is-pure',
      'The core knows itself, the schema library and the calendar: no framework, no database, no clock.',
      { path: '^lib/domain/(?!audit/)' },
      { pathNot: ['^lib/domain/', '^node_modules/(zod|temporal-(polyfill|spec|utils))/'] },
    ),
    rule(
      'audit-hashes-and-checks',
      'The chain of the audit log is as pure as the rest of the core: hashing and Ed25519 signing give the same bytes each time.',
      { path: '^lib/domain/audit/' },
      { pathNot: ['^lib/domain/', '^node_modules/(zod|canonicalize)/', '^(node:)?crypto$'] },
    ),
    rule(
      'platform-knows-no-feature',
      'Infrastructure knows no feature; of the core, only how to say what is wrong with a value, and what a role is.',
      { path: '^lib/platform/' },
      { path: '^(lib/(?!platform/|domain/(plain-issue|ability))|app/|components/)' },
    ),
    rule(
      'database-behind-data',
      'The database client is for data, mutations (and what they share), the projector, platform, the sample and the first start.',
      {
        path: '^(app|components|lib)/',
        pathNot: [
          ...test,
          '^lib/platform/',
          ...roleOf('data|mutations|record-queue|record-by-hand|known-refs'),
          '^lib/(projection|sample|organisations|audit)/',
        ],
      },
      { path: database, dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'pages-load',
      'Pages and layouts see components, loaders, types and the core.',
      { path: '^app/(?!api/).+\\.tsx?$' },
      {
        path: '^lib/',
        pathNot: [
          '^lib/domain/',
          ...roleOf('loaders|types|schema|actions'),
          '^lib/platform/(env|session|errors|http)\\.ts$',
        ],
      },
    ),
    rule(
      'routes-call-verbs',
      'Routes are schema plus verb.',
      { path: '^app/api/' },
      {
        path: '^lib/',
        pathNot: ['^lib/platform/', '^lib/domain/', ...roleOf('schema|types|mutations|data|gate|receive')],
      },
    ),
    rule('routes-have-no-ui', 'Routes know no components.', { path: '^app/api/' }, { path: '^components/' }),
    rule(
      'feature-components',
      'Components of a feature see its schema, types and actions, and the core.',
      {
        path: '^components/(?!ui/|charts/|layout/)',
      },
      {
        path: '^lib/',
        pathNot: ['^lib/domain/', ...roleOf('schema|types|actions'), '^lib/platform/form-state\\.ts$'],
      },
    ),
    rule(
      'plain-components',
      'Primitives, charts and the shell know no feature.',
      { path: '^components/(ui|charts)/' },
      { path: '^(lib/|components/(?!ui/|charts/|layout/))', pathNot: '^lib/domain/' },
    ),
    rule(
      'loaders-read',
      'Loaders see data and the session.',
      { path: roleOf('loaders') },
      { path: roleOf('mutations|actions') },
    ),
    rule(
      'actions-call-verbs',
      'Actions go through the action client to one mutation.',
      { path: roleOf('actions') },
      { path: roleOf('data|loaders') },
    ),
    rule(
      'verbs-know-no-door',
      'Verbs and reads know neither doors nor UI.',
      { path: roleOf('data|mutations|ability|schema|types') },
      { path: '^(app/|components/|lib/cli/)|^lib/[^/]+/(loaders|actions)' },
    ),
    rule(
      'no-tests-in-code',
      'Code does not import tests.',
      { path: '^(app|components|lib)/' },
      { path: test },
    ),
    {
      name: 'not-to-unlisted',
      severity: 'error',
      from: { path: '^(app|components|lib|scripts|bin)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'not-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(geist/|server-only$)' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^generated/'] },
    exclude: { path: ['^\\.next/', '^dist/', '^next-env\\.d\\.ts$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
