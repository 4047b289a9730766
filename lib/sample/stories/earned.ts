import { CAREFUL, EXCELLENT, SOUND } from '../fate';
import type { LaneScript } from '../lane-script';

/** The model pupil. Tests were where Payments let agents in first; a year later two people let them run. */
const earnedRun: LaneScript = {
  team: 'payments',
  category: 'tests',
  phases: [
    { from: 545, to: 470, work: { tasks: 12, quality: SOUND } },
    { from: 470, to: 300, work: { tasks: 40, quality: CAREFUL } },
    { from: 300, to: 0, work: { tasks: 112, quality: EXCELLENT } },
  ],
};

/** This week's good news: two people let the documentation of Payments run. */
const promotedThisWeek: LaneScript = {
  team: 'payments',
  category: 'docs',
  phases: [
    { from: 530, to: 250, work: { tasks: 34, quality: SOUND } },
    { from: 250, to: 0, work: { tasks: 92, quality: EXCELLENT } },
  ],
  answers: [{ to: 'run', does: 'accept', notBefore: 3.1 }],
};

/** Waiting for Dana: the second approval. The lead of Payments has given hers. */
const halfAccepted: LaneScript = {
  team: 'payments',
  category: 'bugfix',
  phases: [
    { from: 500, to: 260, work: 'cccce ccscc ccccc ccccc ccccc ccucc cceccccc' },
    { from: 260, to: 80, work: 'csccc ceccc uccsc ccccc ccecc' },
    { from: 80, to: 18, work: 'ccccc ccccc wcccc ccccc ccccc' },
    { from: 15, to: 0.5, work: 'ccccec' },
  ],
  answers: [{ to: 'run', does: 'leave', leadAgrees: true }],
};

/** Waiting for Dana and one more: dependency updates of Search, nearly without a flaw. */
const readyToRun: LaneScript = {
  team: 'search',
  category: 'dependencies',
  phases: [
    { from: 520, to: 200, work: 'ccccc ccscc ccccc ccccc ccccc cccec cc' },
    { from: 200, to: 17, work: 'ccccc cceuc ccccc ccccc ccccc cc' },
    { from: 15, to: 0.5, work: 'ccccc' },
  ],
  answers: [{ to: 'run', does: 'leave' }],
};

/** Waiting for Dana: the first promotion of this lane. Twenty clean reviews in a row have matured. */
const readyToWalk: LaneScript = {
  team: 'mobile',
  category: 'refactor',
  phases: [
    { from: 118, to: 17.5, work: 'ccccc ccccu ccccc cwccc cc' },
    { from: 14, to: 0.5, work: 'ccec' },
  ],
  answers: [{ to: 'walk', does: 'leave' }],
};

/** Declined once, so that the log tells of it, and accepted when the reason was gone. */
const declinedOnce: LaneScript = {
  team: 'search',
  category: 'refactor',
  phases: [
    { from: 430, to: 210, work: 'ccccc cccec ccccc ccccc ccccc' },
    { from: 210, to: 0, work: { tasks: 48, quality: SOUND } },
  ],
  answers: [
    {
      to: 'walk',
      does: 'decline',
      until: 175,
      reason: 'The indexer is being rewritten. Ask again when the new one is live.',
    },
  ],
};

/** Policy never lets security work pass walk; this lane has come as far as it may. */
const securityAtCeiling: LaneScript = {
  team: 'identity',
  category: 'security',
  phases: [{ from: 420, to: 0, work: { tasks: 56, quality: EXCELLENT } }],
};

/** The same for migrations: nobody else dares, and Data platform does them every week. */
const migrationAtCeiling: LaneScript = {
  team: 'data-platform',
  category: 'migration',
  phases: [{ from: 400, to: 0, work: { tasks: 62, quality: EXCELLENT } }],
};

/** Lanes on their way up. */
export const EARNED: readonly LaneScript[] = [
  earnedRun,
  promotedThisWeek,
  halfAccepted,
  readyToRun,
  readyToWalk,
  declinedOnce,
  securityAtCeiling,
  migrationAtCeiling,
];
