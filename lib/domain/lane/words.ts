import { plural } from '../plural';

/** A level as people read it: `.85`. */
export function level(value: number): string {
  return value.toFixed(3).replace(/^0/, '').replace(/0$/, '');
}

export function tasks(count: number): string {
  return plural(count, 'task');
}

/** "Proven for run." within a sentence. */
export function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
