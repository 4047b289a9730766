'use client';

import type { ReactNode } from 'react';
import { useAnswer } from './field';

/** What helps on when a form was refused because something of that name is there already. */
export function WhenTaken({ children }: { children: ReactNode }) {
  return useAnswer()?.code === 'conflict' ? children : null;
}
