import type { Section } from './figures';
import type { Options, SectionName } from './options';
import { say } from './progress';
import { benchAudit } from './sections/audit';
import { benchBatch } from './sections/batch';
import { benchEngine } from './sections/engine';
import { benchImport } from './sections/import';
import { benchJavaScript } from './sections/javascript';
import { benchMemory } from './sections/memory';
import { benchOverload } from './sections/overload';
import { benchPages } from './sections/pages';
import { benchProjection } from './sections/projection';
import { benchReports } from './sections/reports';
import { benchSingle } from './sections/single';
import { type Gait, profiled, startGait } from './setup/gait';

type OnItsOwn = (options: Options) => Promise<Section>;
type OnTheShared = (gait: Gait, options: Options) => Promise<Section>;

/** These want a server of their own, or none. */
const onTheirOwn = {
  engine: benchEngine,
  audit: benchAudit,
  memory: benchMemory,
  overload: benchOverload,
  import: benchImport,
} as const satisfies Partial<Record<SectionName, OnItsOwn>>;

/** These share one server, each with an organisation of its own; those with a million tasks come last. */
const onTheShared = {
  single: benchSingle,
  batch: benchBatch,
  projection: benchProjection,
  pages: benchPages,
  javascript: benchJavaScript,
  reports: benchReports,
} as const satisfies Partial<Record<SectionName, OnTheShared>>;

export type Outcome = { sections: Section[]; broken: { name: SectionName; error: unknown }[] };

const chosen = <T extends object>(all: T, { only }: Options) =>
  Object.entries(all).filter(([name]) => only.some((one) => one === name)) as [SectionName, T[keyof T]][];

/** One part that breaks does not keep the others from being measured. */
export async function runSections(options: Options): Promise<Outcome> {
  const outcome: Outcome = { sections: [], broken: [] };
  const attempt = async (name: SectionName, work: () => Promise<Section>): Promise<void> => {
    say(`${name} …`);
    try {
      outcome.sections.push(await work());
    } catch (error) {
      outcome.broken.push({ name, error });
    }
  };
  for (const [name, bench] of chosen(onTheirOwn, options)) await attempt(name, () => bench(options));
  const sharing = chosen(onTheShared, options);
  if (sharing.length === 0) return outcome;
  const gait = await startGait({ env: profiled(options.profile, 'gait') });
  try {
    for (const [name, bench] of sharing) await attempt(name, () => bench(gait, options));
  } finally {
    await gait.end();
  }
  return outcome;
}
