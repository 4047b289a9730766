/** The gears in order: how much an agent may do in a lane. Every lane starts in crawl. */
export const GEARS = ['crawl', 'walk', 'run'] as const;

export type Gear = (typeof GEARS)[number];

/** The next gear up, or null from run. Gears move up one at a time. */
export function nextGear(gear: Gear): Gear | null {
  return GEARS[GEARS.indexOf(gear) + 1] ?? null;
}

/** One gear down; crawl stays crawl. */
export function lowerGear(gear: Gear): Gear {
  return GEARS[Math.max(0, GEARS.indexOf(gear) - 1)] ?? 'crawl';
}

/** True when `gear` lies above `other`. */
export function isAbove(gear: Gear, other: Gear): boolean {
  return GEARS.indexOf(gear) > GEARS.indexOf(other);
}
