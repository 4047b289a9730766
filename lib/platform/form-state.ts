/** What a form's action answers. `null` = nothing was sent yet. */
export type FormState = {
  ok: boolean;
  message?: string;
  /** It was done, but counts for less than the person may think. */
  isCaution?: boolean;
  /** The stable code of a refusal, for forms that offer a way on. */
  code?: string;
  /** What is wrong, by field name; shown next to the field. */
  fieldErrors?: Record<string, string>;
  /** What was typed, so that a refused form keeps it. */
  values?: Record<string, string>;
  /** A secret to show once, such as a new token. */
  secret?: string;
} | null;

export type FormAction = (previous: FormState, formData: FormData) => Promise<FormState>;
