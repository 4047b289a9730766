/** What every page's frame needs: navigation, palette, banner, account menu. */
export type Shell = {
  organisation: { slug: string; name: string; isSample: boolean };
  person: { name: string; role: string };
  waitingCount: number;
  teams: { slug: string; name: string }[];
  categories: { key: string; name: string }[];
};
