/** A report by its week and edition, as deliveries name it: `2026-W47`, and `2026-W47/2` where the first edition is void. */
export function editionName({ week, edition }: { week: string; edition: number }): string {
  return edition === 1 ? week : `${week}/${edition}`;
}

export function readEdition(name: string): { week: string; edition: number } {
  const [week = '', edition = '1'] = name.split('/');
  return { week, edition: Number(edition) };
}
