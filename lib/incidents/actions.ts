'use server';

import { formAction } from '@/lib/sessions/form-action';
import { linkIncident, recordIncident } from './mutations';
import { linkIncidentSchema, recordIncidentSchema } from './schema';

export const recordIncidentAction = formAction(
  recordIncidentSchema,
  (form) => Object.fromEntries(form),
  recordIncident,
);

export const linkIncidentAction = formAction(
  linkIncidentSchema,
  (form) => Object.fromEntries(form),
  linkIncident,
);
