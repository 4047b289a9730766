'use client';

import { createContext, type ReactNode, useContext, useId } from 'react';
import { withoutBidiControls } from '@/lib/domain/bidi';
import { cn } from './class-names';

/** What a form's action answered; null before it was sent. */
type Answer = {
  ok: boolean;
  code?: string;
  message?: string;
  isCaution?: boolean;
  fieldErrors?: Record<string, string>;
  values?: Record<string, string>;
  secret?: string;
} | null;

const AnswerContext = createContext<Answer>(null);

/** Hands the action's answer to the parts inside, so that each field shows its own error and keeps what was typed. */
export const FormAnswer = AnswerContext.Provider;

export function useAnswer(): Answer {
  return useContext(AnswerContext);
}

const control =
  'w-full rounded-md border border-field-line bg-card px-2.5 text-base text-ink placeholder:text-faint aria-invalid:border-red';

export type FieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  /** What helps on when the field is refused, after the error. */
  remedy?: ReactNode;
  required?: boolean;
  /** What stands behind the label of a field that may stay empty. */
  optional?: string;
  defaultValue?: string;
  className?: string;
};

/** What a control inside a field needs to be wired to its label, hint and error. */
export function useField({ name, hint, required, defaultValue = '' }: FieldProps) {
  const id = useId();
  const answer = useAnswer();
  const error = answer?.fieldErrors?.[name];
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return {
    id,
    error,
    control: {
      id,
      name,
      required,
      className: control,
      defaultValue: answer?.values?.[name] ?? defaultValue,
      'aria-invalid': error ? true : undefined,
      'aria-describedby': described || undefined,
    },
  };
}

type FrameProps = Pick<FieldProps, 'label' | 'hint' | 'remedy' | 'required' | 'optional' | 'className'> & {
  id: string;
  error: string | undefined;
  children: ReactNode;
};

/** Label above, hint and error below. */
export function FieldFrame({
  id,
  label,
  hint,
  remedy,
  required,
  optional = 'optional',
  error,
  className,
  children,
}: FrameProps) {
  return (
    <div className={cn('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
        {required ? null : <span className="font-normal text-muted"> ({optional})</span>}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="mt-1 text-sm text-red">
          {withoutBidiControls(error)}
          {remedy ? <> {remedy}</> : null}
        </p>
      ) : null}
    </div>
  );
}
