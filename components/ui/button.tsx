import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';

/** The look of a button; also for links that act as one. */
export const buttonStyle = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors disabled:opacity-60 aria-disabled:opacity-60',
  {
    variants: {
      look: {
        primary: 'border-ink bg-ink text-paper hover:bg-ink/85',
        plain: 'border-line bg-card text-ink shadow-card hover:bg-hover',
        quiet: 'border-transparent text-muted hover:bg-hover hover:text-ink',
        danger: 'border-red bg-card text-red hover:bg-red-soft',
      },
      size: {
        normal: 'h-9 px-3.5 text-base',
        small: 'h-8 px-2.5 text-sm',
        icon: 'size-9',
      },
    },
    defaultVariants: { look: 'plain', size: 'normal' },
  },
);

type ButtonProps = ComponentProps<'button'> & VariantProps<typeof buttonStyle>;

export function Button({ look, size, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={buttonStyle({ look, size, className })} {...rest} />;
}
