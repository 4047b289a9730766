'use server';

import { z } from 'zod';
import { formAction } from '@/lib/sessions/form-action';
import { followOrganisation, scheduleReports, sendTestReport } from './mutations/settings';
import { followSchema, scheduleSchema } from './schema';

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

export const followOrganisationAction = formAction(
  followSchema,
  (form) => ({ team: form.get('team') }),
  async (ctx, input) => {
    await followOrganisation(ctx, input);
    return {};
  },
);

export const sendTestReportAction = formAction(
  z.object({}),
  () => ({}),
  async (ctx) => ({ message: `Sent to ${await sendTestReport(ctx)}.` }),
);
