import type { Random } from './random';
import type { Language } from './teams';

const PACKAGES: Readonly<Record<Language, readonly string[]>> = {
  ts: ['zod', 'undici', 'vitest', 'eslint', 'pino', 'next', 'typescript', 'pg'],
  go: ['golang.org/x/net', 'google.golang.org/grpc', 'github.com/jackc/pgx/v5', 'go.uber.org/zap'],
  py: ['pydantic', 'httpx', 'pyarrow', 'sqlalchemy', 'ruff', 'pytest'],
  kt: ['io.ktor:ktor-server', 'com.squareup.okhttp3:okhttp', 'org.jetbrains.kotlin'],
  swift: ['Alamofire', 'swift-collections', 'swift-log'],
  tf: ['hashicorp/kubernetes', 'hashicorp/helm', 'hashicorp/random'],
};

/** What bots and agents write when they bump a package. */
export function dependencyTitle(language: Language, random: Random): string {
  const name = random.pick(PACKAGES[language]);
  const [major, minor, patch] = [random.int(1, 9), random.int(0, 30), random.int(0, 9)];
  const from = `${major}.${minor}.${patch}`;
  const to = random.chance(0.5) ? `${major}.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
  return random.pick([
    `chore(deps): bump ${name} from ${from} to ${to}`,
    `Bump ${name} from ${from} to ${to}`,
    `build(deps): update ${name} to ${to}`,
  ]);
}
