'use client';

import type { ComponentProps } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from './button';

/** Sends its form; while the form is on its way it says so and cannot be pressed twice. Not disabled: that would lose the focus. */
export function SubmitButton({ children, ...rest }: Omit<ComponentProps<typeof Button>, 'onClick'>) {
  const { pending, data } = useFormStatus();
  const isMine = pending && (rest.name === undefined || data?.get(rest.name) === rest.value);
  return (
    <Button
      {...rest}
      type="submit"
      aria-disabled={pending}
      aria-busy={isMine}
      onClick={(event) => {
        if (pending) event.preventDefault();
      }}
    >
      {isMine ? 'Sending…' : children}
    </Button>
  );
}
