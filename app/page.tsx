import { redirect } from 'next/navigation';
import { paths } from '@/components/layout/paths';
import { loadHome } from '@/lib/sessions/loaders';

/** The front door: into the organisation one is signed in to, or to sign-in. */
export default async function Home() {
  const home = await loadHome();
  redirect(home ? paths.overview(home.slug) : '/login');
}
