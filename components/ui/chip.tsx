import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';

const chipStyle = cva(
  'inline-flex max-w-full items-center gap-1 rounded-full px-2 py-px text-xs font-medium whitespace-nowrap',
  {
    variants: {
      tone: {
        quiet: 'bg-crawl-soft text-crawl',
        blue: 'bg-walk-soft text-walk',
        green: 'bg-run-soft text-run',
        amber: 'bg-amber-soft text-amber',
        red: 'bg-red-soft text-red',
      },
    },
    defaultVariants: { tone: 'quiet' },
  },
);

export type Tone = NonNullable<VariantProps<typeof chipStyle>['tone']>;

export function Chip({ tone, className, ...rest }: ComponentProps<'span'> & VariantProps<typeof chipStyle>) {
  return <span className={chipStyle({ tone, className })} {...rest} />;
}
