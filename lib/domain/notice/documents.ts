import { cut } from '../cut';
import type { Gear } from '../gear';
import { plural } from '../plural';
import { laneName } from '../report/answer';
import type { Named, Place, ReportIncident, ReportWaiting } from '../report/content';
import { type Cell, type ReportDocument, section } from '../report/section';
import { momentInWords } from '../report/words';

/** A gear that was lost: `at` as ISO 8601 in UTC, `reason` in sentences. */
export type DemotionNews = Place & { at: string; from: Gear; to: Gear; reason: string };

/** An incident of the worst severity, and the teams that it concerns, in words; null where none is known. Tasks by their refs, the confirmed ones first. */
export type IncidentNews = Pick<ReportIncident, 'ref' | 'title' | 'severity' | 'openedAt' | 'resolvedAt'> & {
  teams: string | null;
  tasks: readonly { ref: string; status: string }[];
};

/** Longer titles stand on the page of the incidents. */
const TITLE = 200;

/** Tells of a lost gear, by the clocks of `zone`. */
export function demotionDocument(news: DemotionNews, zone: string): ReportDocument {
  const { at, from, to, reason, team, category } = news;
  const lane = laneName(news, false);
  const link = { to: 'lane' as const, team: team.slug, category: category.slug };
  return {
    title: `${lane}: ${from} to ${to}`,
    lead: `${momentInWords(at, zone)} (${zone})`,
    answer: `${lane} fell from ${from} to ${to}.`,
    sections: [
      section('why', 'Why', { sentences: [reason] }),
      section('next', 'What to do next', {
        list: [{ text: `See the evidence, and the way back to ${from}.`, link }],
      }),
    ],
    fine: ['Agents may do in this lane what its new gear allows, from now on. The log keeps the move.'],
  };
}

/** Tells of a grave incident. */
export function incidentDocument(news: IncidentNews, zone: string): ReportDocument {
  const { ref, title, severity, openedAt, resolvedAt, teams, tasks } = news;
  const name = `${severity ?? 'Incident'}: ${cut(title ?? ref, TITLE)}`;
  const where = teams === null ? 'No team is named yet.' : `It concerns ${teams}.`;
  const link = { to: 'incident' as const, ref };
  const state = resolvedAt === null ? 'It is open.' : `Resolved ${momentInWords(resolvedAt, zone)}.`;
  const suggested = tasks.some(({ status }) => status === 'suggested');
  return {
    title: name,
    lead: `Opened ${momentInWords(openedAt, zone)} (${zone})`,
    answer: name,
    sections: [
      section('state', 'How it stands', { sentences: [`${where} ${state}`] }),
      section('tasks', 'Linked changes', {
        ...(tasks.length === 0
          ? { sentences: ['None yet.'] }
          : { list: tasks.map((task) => ({ text: `${task.ref} (${task.status})`, link })) }),
      }),
      section('next', 'What to do next', {
        list: [
          {
            text: suggested
              ? 'Say whether the suggested changes caused it.'
              : 'Say which change caused it, or that none did.',
            link,
          },
        ],
      }),
    ],
    fine: ['A lane loses its gear once somebody confirms that a change of an agent there caused it.'],
  };
}

/** Lists what waits for somebody's decision, the longest first. */
export function digestDocument(waiting: readonly ReportWaiting[], organisation: Named): ReportDocument {
  const count = plural(waiting.length, 'recommendation');
  const answer = `${count} ${waiting.length === 1 ? 'waits' : 'wait'} for a decision.`;
  return {
    title: `${organisation.name}: ${answer}`,
    lead: organisation.name,
    answer,
    sections: [
      section('waiting', 'Waiting', {
        list: waiting.toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1)).map(waitingCell),
      }),
    ],
    fine: ['A recommendation waits until somebody decides, or until the evidence no longer supports it.'],
  };
}

function waitingCell(place: ReportWaiting): Cell {
  const { id, from, to, days, approvals } = place;
  const waited = days === 0 ? 'less than a day' : plural(days, 'day');
  const agreed = approvals.length > 0 ? `; agreed: ${approvals.join(', ')}` : '';
  return {
    text: `${laneName(place, false)}: ${from} to ${to}; waited ${waited}${agreed}`,
    link: { to: 'decision', id },
  };
}
