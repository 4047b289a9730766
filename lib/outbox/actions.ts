'use server';

import { z } from 'zod';
import { lastsOverHalfADay } from '@/lib/domain/notice/hours';
import { NEWS } from '@/lib/domain/notice/recipients';
import { formAction } from '@/lib/sessions/form-action';
import { addChannel, removeChannel, switchChannel, tryChannel } from './mutations/channels';
import { chooseMail, setQuietHours } from './mutations/choices';
import { resendDelivery } from './mutations/resend';
import {
  addChannelSchema,
  channelSchema,
  chooseMailSchema,
  quietHoursSchema,
  resendSchema,
  switchChannelSchema,
} from './schema';

export const addChannelAction = formAction(
  addChannelSchema,
  (form) => ({
    team: form.get('team') ?? '',
    kind: form.get('kind'),
    name: form.get('name'),
    url: form.get('url'),
    gets: NEWS.filter((news) => form.get(`gets-${news}`) === 'on'),
  }),
  async (ctx, input) => {
    const { secret } = await addChannel(ctx, input);
    return secret
      ? { secret, message: 'Added. This is the secret that each post is signed with.' }
      : { message: 'Added. Try it now.' };
  },
);

export const tryChannelAction = formAction(
  channelSchema,
  (form) => ({ channel: form.get('channel') }),
  async (ctx, input) => {
    await tryChannel(ctx, input);
    return { message: 'It was taken.' };
  },
);

export const switchChannelAction = formAction(
  switchChannelSchema,
  (form) => ({ channel: form.get('channel'), isOn: form.get('isOn') }),
  async (ctx, input) => {
    await switchChannel(ctx, input);
    return {};
  },
);

export const removeChannelAction = formAction(
  channelSchema,
  (form) => ({ channel: form.get('channel') }),
  async (ctx, input) => {
    await removeChannel(ctx, input);
    return {};
  },
);

export const chooseMailAction = formAction(
  chooseMailSchema,
  (form) => ({ kind: form.get('kind'), team: form.get('team') ?? '', wants: form.get('wants') }),
  async (ctx, input) => {
    await chooseMail(ctx, input);
    return {};
  },
);

export const setQuietHoursAction = formAction(
  quietHoursSchema,
  (form) => ({ from: form.get('from'), to: form.get('to'), zone: form.get('zone') }),
  async (ctx, input) => {
    await setQuietHours(ctx, input);
    return lastsOverHalfADay(input)
      ? { message: 'Saved. That is more than half of the day: alerts of a SEV1 wait, too.', isCaution: true }
      : { message: 'Saved.' };
  },
);

export const endQuietHoursAction = formAction(
  z.object({}),
  () => ({}),
  async (ctx) => {
    await setQuietHours(ctx, null);
    return {};
  },
);

export const resendDeliveryAction = formAction(
  resendSchema,
  (form) => ({ delivery: form.get('delivery') }),
  async (ctx, input) => {
    await resendDelivery(ctx, input);
    return { message: 'It is on its way again.' };
  },
);
