import type { Gear } from '@/lib/domain/gear';

export const gearWord = { crawl: 'Crawl', walk: 'Walk', run: 'Run' } as const satisfies Record<Gear, string>;

export const gearMeaning = {
  crawl: 'every change reviewed',
  walk: 'works on a brief',
  run: 'acts inside its scope',
} as const satisfies Record<Gear, string>;

export const gearSteps = { crawl: 1, walk: 2, run: 3 } as const satisfies Record<Gear, number>;
