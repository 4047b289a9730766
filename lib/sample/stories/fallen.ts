import { CAREFUL, EXCELLENT, MIXED, SOUND } from '../fate';
import type { LaneScript } from '../lane-script';

/**
 * Ran for months, until a fix of the session cache logged people into each other's accounts. The SEV1 took the lane to
 * crawl within the hour the link was confirmed; what has been merged since is clean, and has yet to mature.
 */
const fellAfterSev1: LaneScript = {
  team: 'identity',
  category: 'bugfix',
  phases: [
    { from: 500, to: 330, work: { tasks: 40, quality: CAREFUL } },
    { from: 330, to: 6.6, work: { tasks: 110, quality: EXCELLENT } },
    { from: 4.4, to: 0.1, work: 'ccccec' },
  ],
  incidents: [
    {
      title: 'People see the profile of somebody else after signing in',
      task: 'fix(sessions): keep the session when the cache is cold',
      severity: 'SEV1',
      daysBefore: 5.4,
      cause: 'context gap',
      link: 'confirmed',
      confidence: 0.91,
      hoursToLink: 1.2,
      hoursToResolve: 3.5,
    },
  ],
};

/** Fell the same way five months ago, and shows the way back: qualified anew, from zero, in its second epoch. */
const cameBack: LaneScript = {
  team: 'checkout',
  category: 'bugfix',
  phases: [
    { from: 500, to: 260, work: { tasks: 90, quality: { ...CAREFUL, u: 0.4 } } },
    { from: 260, to: 152, work: { tasks: 40, quality: { ...SOUND, u: 0.5 } } },
    { from: 146, to: 60, work: 'ccucceccucccucc cccucccccucccsc cccucccccccucccccc' },
    { from: 60, to: 0, work: { tasks: 30, quality: { ...SOUND, u: 0.4 } } },
  ],
  incidents: [
    {
      title: 'Vouchers are applied twice when two tabs are open',
      task: 'fix(vouchers): apply a voucher after a retry',
      severity: 'SEV1',
      daysBefore: 148,
      cause: 'agent error',
      link: 'confirmed',
      confidence: 0.84,
      hoursToLink: 5,
      hoursToResolve: 9,
    },
  ],
};

/** Ran; a SEV2 took one gear. It walks again, three months on, and is most of the way back to run. */
const steppedDown: LaneScript = {
  team: 'infrastructure',
  category: 'chore',
  phases: [
    { from: 400, to: 96, work: { tasks: 105, quality: EXCELLENT } },
    { from: 90, to: 0, work: 'ccceccccccsccc cccucccccccccec cccccccwccc cccc' },
  ],
  incidents: [
    {
      title: 'Deploys of all teams stand still: runners cannot pull images',
      task: 'ci: pull runner images from the new registry',
      severity: 'SEV2',
      daysBefore: 93,
      cause: 'review miss',
      link: 'confirmed',
      confidence: 0.77,
      hoursToLink: 20,
      hoursToResolve: 6,
    },
  ],
};

/**
 * Had proven .90, and its lead was in no hurry to let it run. Then the schemas moved house, the agent went on by the
 * old documentation, and the work that came back for changes became the rule. The recommendation was withdrawn.
 */
const drifting: LaneScript = {
  team: 'data-platform',
  category: 'bugfix',
  phases: [
    { from: 480, to: 330, work: 'cccccecccccccccccccccccccc' },
    { from: 330, to: 75, work: 'ccscc cccec ccscc cecc uccccc cwccc ccccc cccccc ccccc cccc' },
    { from: 75, to: 8, work: 'cccscccec csccecscsce' },
    { from: 5, to: 4, work: 'x' },
    { from: 3.4, to: 0.3, work: 'cc' },
  ],
  answers: [{ to: 'run', does: 'leave' }],
};

/** Walked, until a tool that nobody had let in began to send patches; too many were sent back. */
const demotedByAlarm: LaneScript = {
  team: 'growth',
  category: 'bugfix',
  phases: [
    { from: 480, to: 220, work: { tasks: 46, quality: CAREFUL } },
    { from: 220, to: 90, work: { tasks: 24, quality: SOUND } },
    { from: 90, to: 34, work: 'csxse sxcss xcsxs', agent: { key: 'patchbot', share: 0.7 } },
    { from: 34, to: 0, work: { tasks: 12, quality: MIXED }, agent: { key: 'patchbot', share: 0.25 } },
  ],
};

/** Lanes that have lost something, and what they do about it. */
export const FALLEN: readonly LaneScript[] = [fellAfterSev1, cameBack, steppedDown, drifting, demotedByAlarm];
