/** Characters that turn around the text behind them until another ends it: U+202A to U+202E, U+2066 to U+2069. */
const CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;

/** For where a name stands inside a sentence, or in a tab, and so cannot be kept apart by markup. */
export function withoutBidiControls(text: string): string {
  return text.replace(CONTROLS, '');
}

/** A title that somebody wrote elsewhere, for where it stands inside a sentence or a subject. */
export function oneLine(title: string): string {
  return withoutBidiControls(title)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
