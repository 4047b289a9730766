import { type Alarm, alarmTitle, explainAlarm } from '../audit/alarm';
import type { Named } from '../report/content';
import { type ReportDocument, section } from '../report/section';
import { momentInWords } from '../report/words';

/** Tells that the audit log does not match its proof, found at `foundAt` (ISO 8601), by the clocks of `zone`. */
export function auditAlarmDocument(
  alarm: Alarm,
  foundAt: string,
  organisation: Named,
  zone: string,
): ReportDocument {
  const title = alarmTitle(alarm);
  return {
    title: `${organisation.name}: ${title}`,
    lead: `Found ${momentInWords(foundAt, zone)} (${zone})`,
    answer: `${title}.`,
    sections: [
      section('what', 'What was found', { sentences: [explainAlarm(alarm)] }),
      section('next', 'What to do next', {
        list: [
          { text: 'Keep a copy of the database as it is now.' },
          {
            text: 'If somebody restored a backup, an owner acknowledges it on the audit page, with the reason.',
          },
          { text: 'If nobody did, treat it as tampering: find out who could write to the database.' },
        ],
      }),
    ],
    fine: ['Until an owner has acknowledged this, Gait signs no further checkpoint and removes no entry.'],
  };
}
