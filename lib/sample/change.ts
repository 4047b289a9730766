import { slugOf } from '@/lib/domain/slug';
import type { Random } from './random';
import type { Language, SampleRepository, SampleTeam } from './teams';
import { type Wording, wordTask } from './wording';

/** What a task changes: the facts that are reported with its opening. */
export type Change = {
  title: string;
  labels: string[];
  repository: string;
  paths: string[];
  files: number;
  additions: number;
  deletions: number;
};

const SOURCE: Readonly<Record<Language, (component: string, name: string) => string>> = {
  ts: (component, name) => `src/${component}/${name}.ts`,
  go: (component, name) => `internal/${component}/${name.replaceAll('-', '_')}.go`,
  py: (component, name) => `${component}/${name.replaceAll('-', '_')}.py`,
  kt: (component, name) => `app/src/main/kotlin/${component}/${camel(name)}.kt`,
  swift: (component, name) => `Sources/${component}/${camel(name)}.swift`,
  tf: (component, name) => `modules/${component}/${name}.tf`,
};

const TEST: Readonly<Record<Language, (component: string, name: string) => string>> = {
  ts: (component, name) => `src/${component}/${name}.test.ts`,
  go: (component, name) => `internal/${component}/${name.replaceAll('-', '_')}_test.go`,
  py: (component, name) => `tests/${component}/test_${name.replaceAll('-', '_')}.py`,
  kt: (component, name) => `app/src/test/kotlin/${component}/${camel(name)}Test.kt`,
  swift: (component, name) => `Tests/${component}/${camel(name)}Tests.swift`,
  tf: (component, name) => `tests/${component}/${name}.tftest.hcl`,
};

const LOCK_FILES: Readonly<Record<Language, readonly string[]>> = {
  ts: ['package.json', 'package-lock.json'],
  go: ['go.mod', 'go.sum'],
  py: ['pyproject.toml', 'uv.lock'],
  kt: ['build.gradle.kts', 'gradle.lockfile'],
  swift: ['Package.swift', 'Package.resolved'],
  tf: ['versions.tf', '.terraform.lock.hcl'],
};

const ASPECTS = ['handler', 'store', 'mapper', 'limits', 'client', 'format', 'rules', 'view', 'queue'];

function camel(name: string): string {
  return name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

function pathsOf(
  category: string,
  { component, noun }: Wording,
  language: Language,
  random: Random,
): string[] {
  const stem = slugOf(noun);
  const names = random.shuffled(ASPECTS).map((aspect) => `${stem}-${aspect}`);
  const sources = names.slice(0, random.int(1, 4)).map((name) => SOURCE[language](component, name));
  const tests = names.slice(0, random.int(1, 3)).map((name) => TEST[language](component, name));
  switch (category) {
    case 'tests':
      return tests;
    case 'docs':
      return [`docs/${component}.md`, ...(random.chance(0.3) ? ['README.md'] : [])];
    case 'dependencies':
      return [...LOCK_FILES[language]];
    case 'chore':
      return random.chance(0.6)
        ? [`.github/workflows/${component}.yml`]
        : ['Makefile', `tools/${component}.sh`];
    case 'migration':
      return [
        `db/migrations/${random.int(1000, 9999)}_${stem.replaceAll('-', '_')}.sql`,
        ...sources.slice(0, 1),
      ];
    default:
      return random.chance(0.6) ? [...sources, ...tests.slice(0, 1)] : sources;
  }
}

/** Lines added at most, by category; reviews of more than a screenful take their time. */
const MOST_LINES: Readonly<Record<string, number>> = {
  tests: 260,
  docs: 140,
  dependencies: 90,
  chore: 80,
  bugfix: 90,
  feature: 380,
  refactor: 300,
};

export function inventChange(
  category: string,
  team: SampleTeam,
  repository: SampleRepository,
  random: Random,
): Change {
  const { name, language } = repository;
  const wording = wordTask(category, team, language, random);
  const paths = pathsOf(category, wording, language, random);
  const most = MOST_LINES[category] ?? 120;
  // Small changes are common and large ones rare: a squared share.
  const additions = 22 + Math.round(most * random.next() ** 2);
  const share = category === 'refactor' || category === 'dependencies' ? 0.9 : 0.35;
  return {
    title: wording.title,
    labels: wording.labels,
    repository: name,
    paths,
    files: paths.length,
    additions,
    deletions: Math.round(additions * share * random.next()),
  };
}
