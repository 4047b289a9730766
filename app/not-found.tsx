import type { Metadata } from 'next';
import Link from 'next/link';
import { AuthFrame } from '@/components/sessions/auth-frame';
import { buttonStyle } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <AuthFrame>
      <h1 className="text-2xl font-semibold tracking-tight">There is nothing here.</h1>
      <p className="text-muted">
        The address may be mistyped, or the page belongs to an organisation you are not in.
      </p>
      <Link href="/" prefetch={false} className={buttonStyle({ look: 'primary', className: 'self-start' })}>
        To the start
      </Link>
    </AuthFrame>
  );
}
