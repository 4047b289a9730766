/** A text of at most so many signs; what is longer ends in an ellipsis, and no sign is cut in two. */
export function cut(text: string, most: number): string {
  const signs = [...text];
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text;
}
