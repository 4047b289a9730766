import { withoutBidiControls } from './bidi';

/**
 * Whether a name holds what nobody sees: control characters, those that turn the text behind them around, or half of a surrogate pair.
 * The database takes neither NUL nor such a half.
 */
export function hasUnseen(text: string): boolean {
  return /\p{Cc}/u.test(text) || withoutBidiControls(text) !== text || !text.isWellFormed();
}
