import type { ReportContent } from './content';
import type { ReportDocument } from './section';
import { actions, forecasts, kinds, lanes, moves, teams, waiting } from './sections-gears';
import { adoption, agents, incidents, notSetUp, quality } from './sections-work';
import { daysInWords, momentInWords } from './words';

/** Writes a report out. Says nothing that is not in the content. */
export function documentOf(content: ReportContent): ReportDocument {
  const { organisation, team, week, zone, from, to, policyVersion, answer } = content;
  const name = team?.name ?? organisation.name;
  return {
    title: `${name}, ${week}`,
    lead: `${daysInWords(from, to, zone)} (${zone})`,
    answer,
    sections: [
      actions(content),
      moves(content),
      waiting(content),
      teams(content),
      team === null ? kinds(content) : lanes(content),
      forecasts(content),
      incidents(content),
      agents(content),
      adoption(content),
      quality(content),
      notSetUp(content),
    ].filter((section) => section !== null),
    fine: [
      `Week ${week} in ${zone}: from ${momentInWords(from, zone)} to ${momentInWords(to, zone)}. Policy version ${policyVersion}.`,
      'Decided tasks were merged or closed in this week. Reviewed means: by a person who neither asked for the work nor wrote any of it. A proven level holds with the guarantee of the policy; a score with its 90 % interval is shown for orientation and moves no gear.',
    ],
  };
}
