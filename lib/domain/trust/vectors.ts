import { plainIssue } from '../plain-issue';
import { BET_FRACTIONS, BLOCK, LADDER, LOSS_FRACTIONS } from './constants';
import { checkConfig, type EngineConfig } from './engine-config';
import { SEVERITY_CHARGES } from './severity';
import { createVectorCheck, type VectorCheck, type VectorFailure } from './vector-check';
import { checkCalibration, checkDecay, checkDetectors, checkFigures, checkPooling } from './vector-display';
import { checkEngine, configOf } from './vector-engine';
import { checkBets, checkEpochClean, checkPromotion, checkPromotionOps } from './vector-promotion';
import { type VectorFile, vectorFileSchema } from './vector-schema';

function pathOf(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    return path === '' ? String(key) : `${path}.${String(key)}`;
  }, '');
}

function parse(vectors: unknown): VectorFile {
  const parsed = vectorFileSchema.safeParse(vectors, { error: plainIssue });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`vectors: ${pathOf(issue?.path ?? []) || '(whole file)'}: ${issue?.message}`);
}

function readConfig(file: VectorFile): EngineConfig {
  try {
    return checkConfig(configOf(file));
  } catch (error) {
    throw new Error(`vectors: meta.engine: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

function checkList(
  name: string,
  expected: number[] | undefined,
  actual: readonly number[],
  check: VectorCheck,
) {
  expected?.forEach((value, i) => {
    check.close(`meta.${name}[${i}]`, value, actual[i] ?? null);
  });
}

/** The engine's fixed numbers; scores, alpha and bars are configuration, and taken from the file instead. */
function checkConstants({ meta }: VectorFile, check: VectorCheck): void {
  checkList('U', meta.U, BET_FRACTIONS, check);
  checkList(
    'PI',
    meta.PI,
    BET_FRACTIONS.map((_, k) => (k + 1) / 55),
    check,
  );
  checkList('V', meta.V, LOSS_FRACTIONS, check);
  checkList('ladder', meta.ladder, LADDER, check);
  if (meta.block !== undefined) check.exact('meta.block', meta.block, BLOCK);
  for (const [severity, charge] of Object.entries(SEVERITY_CHARGES)) {
    const expected = Object.entries(meta.severity ?? {}).find(([name]) => name === severity)?.[1];
    if (!expected) continue;
    check.exact(`meta.severity.${severity}.extra`, expected.extra, charge.extra);
    check.close(`meta.severity.${severity}.loss`, expected.loss, charge.loss);
  }
}

/** How many values came out as a file of test vectors says, and which did not. */
export type VectorResult = { passed: number; failed: number; failures: VectorFailure[] };

/**
 * Runs a parsed JSON file of test vectors through the engine, every section of it. Each expected value counts as one check:
 * floating-point numbers to 1e-9 (absolute or relative), all else exactly.
 * Throws an Error that names the place when the file is malformed, for then it would prove nothing.
 */
export function checkVectors(vectors: unknown): VectorResult {
  const file = parse(vectors);
  const config = readConfig(file);
  const check = createVectorCheck();
  checkConstants(file, check);
  checkBets(file, config.alpha, check);
  checkPromotion(file, config.alpha, check);
  checkPromotionOps(file, config.alpha, check);
  checkEpochClean(file, config.alpha, check);
  checkDetectors(file, check);
  checkDecay(file, check);
  checkPooling(file, check);
  checkFigures(file, check);
  checkCalibration(file, check);
  checkEngine(file, config, check);
  const result = check.result();
  if (result.passed + result.failed === 0) throw new Error('vectors: (whole file): nothing in it to check');
  return result;
}
