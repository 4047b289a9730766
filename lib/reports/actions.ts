'use server';

import { formAction } from '@/lib/sessions/form-action';
import { scheduleReports, sendTestReport } from './mutations/settings';
import { scheduleSchema, testReportSchema } from './schema';

export const scheduleReportsAction = formAction(
  scheduleSchema,
  (form) => ({
    team: form.get('team') ?? '',
    weekday: form.get('weekday'),
    time: form.get('time'),
    zone: form.get('zone'),
    isSent: form.get('isSent') === 'on',
  }),
  async (ctx, input) => {
    await scheduleReports(ctx, input);
    return {
      message: input.isSent ? 'Saved. The next report is sent.' : 'Saved. Reports are on the web only.',
    };
  },
);

export const sendTestReportAction = formAction(
  testReportSchema,
  (form) => ({ team: form.get('team') ?? '' }),
  async (ctx, input) => ({ message: `Sent to ${await sendTestReport(ctx, input)}.` }),
);
