import 'server-only';
import { refresh } from 'next/cache';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import { plainIssue } from '@/lib/domain/plain-issue';
import { waitUntilProjected } from '@/lib/events/data';
import { actorText, type Ctx } from '@/lib/platform/ctx';
import { translateDatabaseError } from '@/lib/platform/db-errors';
import { AppError, isAppError, NOT_SAVED } from '@/lib/platform/errors';
import type { FormAction, FormState } from '@/lib/platform/form-state';
import { logger } from '@/lib/platform/logger';
import { noteRefusal } from '@/lib/platform/refusal';
import { noteUnderstood } from '@/lib/platform/request-fate';
import { requireSession } from './gate';

/**
 * What a verb answers; `workIds` = what it left to the projector, so that the page that comes back shows it. `tell` is asked after
 * that, and told whether the projector was done in time: for a message that says what has come of it, and whether that is less than
 * the person may think.
 */
type Outcome = {
  message?: string;
  isCaution?: boolean;
  tell?: (isProjected: boolean) => Promise<string | { message: string; isCaution: boolean }>;
  secret?: string;
  workIds?: readonly string[];
};

/** Long enough for the projector; after it the page comes back without what was just done. */
const WAIT_MS = 3_000;

/**
 * A form's door: the session of the form's organisation, the schema, then one verb. What was typed comes back with
 * what is wrong next to each field; a refusal comes back as a message, never as an error page. `slug`: the organisation's.
 */
export function formAction<S extends z.ZodType>(
  schema: S,
  read: (form: FormData) => unknown,
  verb: (ctx: Ctx, input: z.infer<S>, slug: string) => Promise<Outcome>,
): FormAction {
  return async (_previous, form) => {
    requireForm(form);
    const { ctx, organisation } = await requireSession(String(form.get('organisation') ?? ''));
    const parsed = schema.safeParse(read(form), { error: plainSentence });
    if (!parsed.success) return refuse(form, parsed.error);
    return answering(
      form,
      async () => {
        const { workIds = [], tell, ...said } = await verb(ctx, parsed.data, organisation.slug);
        const isProjected = workIds.length === 0 || (await waitUntilProjected(ctx.orgId, workIds, WAIT_MS));
        refresh();
        const told = await tell?.(isProjected);
        return { ...said, ...(typeof told === 'string' ? { message: told } : told) };
      },
      ctx,
    );
  };
}

/** For what a schema has no words of its own: a whole sentence next to the field. */
const plainSentence: z.core.$ZodErrorMap = (issue) => `This ${plainIssue(issue)}.`;

/** Runs a verb and turns what it throws into what a form can say. `ctx`: of whoever asks, where that is known. */
export async function answering(
  form: FormData,
  run: () => Promise<{ message?: string; isCaution?: boolean; secret?: string }>,
  ctx?: Ctx,
): Promise<FormState> {
  requireForm(form);
  try {
    return { ok: true, ...(await run()) };
  } catch (thrown) {
    unstable_rethrow(thrown);
    const error = translateDatabaseError(thrown);
    if (isAppError(error)) noteRefusal(error, whoAsks(ctx));
    else logger().error({ err: thrown }, 'action failed');
    const message = isAppError(error)
      ? error.message
      : 'Something went wrong inside Gait. Nothing was changed.';
    if (!isAppError(error)) return { ok: false, message, values: typedIn(form) };
    return { code: error.code, ...saying(form, message, firstOfEach(error.fields)) };
  }
}

/** An action is called with whatever somebody sends: what is no form was sent by no page of ours. */
function requireForm(form: unknown): void {
  if (!(form instanceof FormData)) throw new AppError('bad_request', 'This is no form of Gait’s.');
  noteUnderstood();
}

function whoAsks(ctx: Ctx | undefined): Record<string, string> {
  return ctx ? { requestId: ctx.requestId, organisation: ctx.orgId, actor: actorText(ctx.actor) } : {};
}

function firstOfEach(fields: AppError['fields'] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, [first]]) => (first ? [[name, first]] : [])),
  );
}

function refuse(form: FormData, error: z.ZodError): FormState {
  const fieldErrors: Record<string, string> = {};
  for (const issue of error.issues) fieldErrors[String(issue.path[0] ?? '')] ??= issue.message;
  return saying(form, NOT_SAVED, fieldErrors);
}

/** What is wrong with something that the form has no field for has no other place than the message. */
function saying(form: FormData, message: string, fieldErrors: Record<string, string>): FormState & object {
  const elsewhere = Object.entries(fieldErrors).filter(([name]) => !form.has(name));
  const said = elsewhere.length === 0 ? message : elsewhere.map(([, sentence]) => sentence).join(' ');
  return { ok: false, message: said, fieldErrors, values: typedIn(form) };
}

/** What was typed goes back to the browser, but for secrets. */
function typedIn(form: FormData): Record<string, string> {
  const texts = [...form].flatMap(([name, value]) =>
    typeof value === 'string' && !name.endsWith('Secret') ? [[name, value] as const] : [],
  );
  return Object.fromEntries(texts);
}
