import type { ReactNode } from 'react';
import { Logo } from '@/components/layout/logo';

/** The quiet frame of the pages before sign-in. */
export function AuthFrame({ children }: { children: ReactNode }) {
  return (
    <main
      id="content"
      className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-5 py-12"
    >
      <Logo />
      {children}
    </main>
  );
}
