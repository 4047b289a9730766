import type { ReportContent } from './content';
import { type ReportDocument, withRows } from './section';
import { actions, forecasts, kinds, lanes, moves, teams, waiting } from './sections-gears';
import { adoption, agents, incidents, notSetUp, quality, words } from './sections-work';
import { daysInWords, momentInWords } from './words';

const SAMPLE = 'Everything in this report is invented: it is about the sample organisation.';

/** Rows of a table that somebody may still read, or search through. */
const MOST_ROWS = 250;

/** The same of a report that is void: each form says so first. */
export function voidDocument(document: ReportDocument, reason: string): ReportDocument {
  return {
    ...document,
    title: `Void: ${document.title}`,
    answer: `Void. ${document.answer}`,
    fine: [`This report is void. ${reason}`, ...document.fine],
  };
}

/** Writes a report out. Says nothing that is not in the content. @param mostRows of each table */
export function documentOf(content: ReportContent, mostRows = MOST_ROWS): ReportDocument {
  const { organisation, team, week, zone, from, to, policyVersion, answer } = content;
  const name = team?.name ?? organisation.name;
  return {
    title: `${name}, ${week}`,
    lead: `${daysInWords(from, to, zone)} (${zone})${content.isSample ? ' · sample data' : ''}`,
    answer,
    sections: [
      actions(content),
      moves(content),
      waiting(content),
      teams(content, mostRows),
      team === null ? kinds(content) : lanes(content),
      forecasts(content),
      incidents(content),
      agents(content),
      adoption(content),
      quality(content),
      notSetUp(content),
      words(),
    ].flatMap((section) => (section === null ? [] : [withRows(section, mostRows)])),
    fine: [
      `Week ${week} in ${zone}: from ${momentInWords(from, zone)} to ${momentInWords(to, zone)}. Policy version ${policyVersion}.`,
      ...(content.isSample ? [SAMPLE] : []),
    ],
  };
}
