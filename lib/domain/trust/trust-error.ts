/** Why an input was refused. */
export type TrustInputCode =
  | 'bad_time'
  | 'time_went_back'
  | 'bad_score'
  | 'bad_loss'
  | 'bad_sampling_rate'
  | 'unknown_severity'
  | 'unknown_gear'
  | 'unknown_event'
  | 'unknown_task'
  | 'bad_bar'
  | 'bad_config'
  | 'bad_state';

/** An input the engine refuses. It is thrown before anything is changed, so the state stays as it was. */
export type TrustInputError = Error & { readonly name: 'TrustInputError'; readonly code: TrustInputCode };

/** Makes a TrustInputError; the message names the value that was refused. */
export function trustInputError(code: TrustInputCode, message: string): TrustInputError {
  return Object.assign(new Error(message), { name: 'TrustInputError' as const, code });
}

/** Whether something caught is a TrustInputError. */
export function isTrustInputError(error: unknown): error is TrustInputError {
  return error instanceof Error && error.name === 'TrustInputError';
}

/** Refuses a score outside [0,1], NaN included. */
export function checkScore(x: number): void {
  if (!(x >= 0 && x <= 1)) throw trustInputError('bad_score', `a score must lie in [0,1], not ${x}`);
}
