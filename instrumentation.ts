/** Runs once in every server process before it answers: starts the projector, and stops it before the database goes. */
export async function register(): Promise<void> {
  // Next also compiles this file for its edge runtime, where there is no process to work in.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startBackground } = await import('@/lib/projection/background');
  startBackground();
}
