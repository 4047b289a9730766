'use server';

import { z } from 'zod';
import { formAction } from '@/lib/sessions/form-action';
import { acknowledgeAuditAlarm } from './acknowledge';
import { setAuditRetention, setAuditWebhook, verifyAuditNow } from './mutations';
import { acknowledgeSchema, retentionSchema, webhookSchema } from './schema';

export const verifyAuditAction = formAction(
  z.object({}),
  () => ({}),
  async (ctx) => ({ message: await verifyAuditNow(ctx) }),
);

export const acknowledgeAuditAlarmAction = formAction(
  acknowledgeSchema,
  (form) => ({ reason: form.get('reason') }),
  async (ctx, input) => {
    const { sentence } = await acknowledgeAuditAlarm(ctx, input);
    return { message: `Acknowledged: the log says so. ${sentence}` };
  },
);

export const setAuditWebhookAction = formAction(
  webhookSchema,
  (form) => ({ url: String(form.get('url') ?? '').trim() }),
  async (ctx, input) => {
    await setAuditWebhook(ctx, input);
    return {
      message: input.url
        ? 'Saved. The latest checkpoint goes there within a minute.'
        : 'Saved. Nothing is sent.',
    };
  },
);

export const setAuditRetentionAction = formAction(
  retentionSchema,
  (form) => ({ days: form.get('days') }),
  async (ctx, input) => {
    await setAuditRetention(ctx, input);
    return { message: `Saved. Entries are kept for ${input.days} days.` };
  },
);
