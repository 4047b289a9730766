'use server';

import { formAction } from '@/lib/sessions/form-action';
import { chooseReport, resendDelivery, scheduleReports, sendTestReport } from './mutations/settings';
import { chooseReportSchema, resendSchema, scheduleSchema, testReportSchema } from './schema';

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

export const chooseReportAction = formAction(
  chooseReportSchema,
  (form) => ({ team: form.get('team') ?? '', wants: form.get('wants') }),
  async (ctx, input) => {
    await chooseReport(ctx, input);
    return {};
  },
);

export const sendTestReportAction = formAction(
  testReportSchema,
  (form) => ({ team: form.get('team') ?? '' }),
  async (ctx, input) => ({ message: `Sent to ${await sendTestReport(ctx, input)}.` }),
);

export const resendDeliveryAction = formAction(
  resendSchema,
  (form) => ({ delivery: form.get('delivery') }),
  async (ctx, input) => {
    await resendDelivery(ctx, input);
    return { message: 'It is on its way again.' };
  },
);
