import type { Gear } from '../gear';
import type { EarnedGear, EngineConfig } from '../trust/engine-config';

/** What a lane is folded by: the engine's numbers and what policy puts on top of the verdict. */
export type LaneRules = {
  engine: EngineConfig;
  /** The gear that policy never lets the lane pass. */
  ceiling: Gear;
  /** Different people who must accept a recommendation, by gear. */
  approvalsNeeded: Record<EarnedGear, number>;
};
