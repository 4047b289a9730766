import type { Metadata } from 'next';
import { AuthFrame } from '@/components/sessions/auth-frame';
import { NoRoleView } from '@/components/sessions/no-role-view';
import { loadWhoHasNoRole } from '@/lib/members/loaders';

export const metadata: Metadata = { title: 'No role yet' };

export default async function NoRolePage() {
  return (
    <AuthFrame>
      <NoRoleView {...(await loadWhoHasNoRole())} />
    </AuthFrame>
  );
}
