/** The instant the page is made; the one place where the screens ask for it. */
export function currentTime(): number {
  return Date.now();
}
