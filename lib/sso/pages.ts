/** The address of a connection's page. @param slug the organisation's */
export function connectionPage(slug: string, connectionId: string): string {
  return `/${encodeURIComponent(slug)}/settings/sign-in/${connectionId}`;
}
