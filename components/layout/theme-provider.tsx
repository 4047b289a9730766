'use client';

import { ThemeProvider as NextThemes } from 'next-themes';
import type { ReactNode } from 'react';

type Props = { children: ReactNode; nonce?: string };

export function ThemeProvider({ children, ...rest }: Props) {
  return (
    <NextThemes attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange {...rest}>
      {children}
    </NextThemes>
  );
}
