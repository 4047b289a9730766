import { MIXED, POOR } from '../fate';
import type { LaneScript } from '../lane-script';

/**
 * The work is good. Hardly anybody looks at it before it is merged, so it proves nothing: what holds this lane back is
 * not the agent.
 */
const fewReviews: LaneScript = {
  team: 'checkout',
  category: 'feature',
  phases: [
    {
      from: 330,
      to: 0,
      work: 'uucuu uucue uuucu uuscu ucuuu cuuuc uuucu uecuu cuuuc wuuuc uuucu uuucu ucuuc',
    },
  ],
};

/**
 * On paper ready to run. But Mobile approves documentation within the minute, and Gait shows it: the lead has said no
 * until people read before they approve.
 */
const rubberStamped: LaneScript = {
  team: 'mobile',
  category: 'docs',
  phases: [
    { from: 420, to: 150, work: 'hchhchhechhchchhhchhchhhchh hchhchh' },
    { from: 150, to: 0, work: 'hhchhhhchhhchhhhchhhhhch' },
  ],
  answers: [
    {
      to: 'run',
      does: 'decline',
      until: 0,
      reason: 'Most approvals came within a minute of the opening. First we read, then it runs.',
    },
  ],
};

/** The other lane of the shadow agent: chores, half of them merged before anybody looked. */
const shadowWork: LaneScript = {
  team: 'growth',
  category: 'chore',
  phases: [
    { from: 400, to: 92, work: { tasks: 48, quality: MIXED } },
    { from: 88, to: 0, work: 'suucx uesuc uwcus ucu', agent: { key: 'patchbot', share: 0.75 } },
  ],
};

/** Walks, and has gone quiet: too little has happened since spring for its gear to be current. */
const goneQuiet: LaneScript = {
  team: 'search',
  category: 'performance',
  phases: [
    { from: 330, to: 170, work: 'ccccc ccccc ccccc ccccc ccecc c' },
    { from: 90, to: 20, work: 'cec' },
  ],
};

/** Poor all along: in Growth the features live in the heads of the product people. */
const withoutContext: LaneScript = {
  team: 'growth',
  category: 'feature',
  phases: [{ from: 300, to: 0, work: { tasks: 46, quality: POOR } }],
};

/** Lanes that something else than the agent's work holds back, or that have too little of it. */
export const HELD: readonly LaneScript[] = [fewReviews, rubberStamped, shadowWork, goneQuiet, withoutContext];
