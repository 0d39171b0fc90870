import { createContext, useContext, useId, type ComponentProps, type ReactNode } from 'react';
import { ChevronDown } from 'lucide-react';
import { classes } from './classes';

interface Described {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}
const Context = createContext<Described | null>(null);

/** A control with its label, a hint and what is wrong with it. */
export function Field({
  label,
  hint,
  error,
  required = false,
  unmarked = false,
  children,
  className,
}: {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value; nothing when it is right. */
  error?: string | null | false;
  required?: boolean;
  /** Says nothing of being optional, where leaving it as it is, is the usual thing. */
  unmarked?: boolean;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={classes('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {!required && !unmarked && <span className="font-normal text-soft"> (optional)</span>}
      </label>
      <Context value={{ id, describedBy: described || undefined, invalid: Boolean(error), required }}>{children}</Context>
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

const CONTROL =
  'w-full min-w-0 rounded-md border border-edge/70 bg-surface px-2.5 text-ink placeholder:text-soft/80 ' +
  'disabled:bg-sunken disabled:text-soft aria-invalid:border-bad hover:border-edge';

function useDescribed() {
  const field = useContext(Context);
  return field === null
    ? {}
    : {
        id: field.id,
        'aria-describedby': field.describedBy,
        'aria-invalid': field.invalid || undefined,
        required: field.required,
      };
}

/** A line of text; inside a {@link Field}, or with an `aria-label`. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useDescribed()} {...rest} className={classes(CONTROL, 'h-9', className)} />;
}

/** Several lines of text; inside a {@link Field}, or with an `aria-label`. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...useDescribed()} {...rest} className={classes(CONTROL, 'min-h-20 py-2', className)} />;
}

/** One of a few; inside a {@link Field}, or with an `aria-label`. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <div className={classes('relative', className)}>
      <select {...useDescribed()} {...rest} className={classes(CONTROL, 'h-9 appearance-none pr-8')}>
        {children}
      </select>
      <ChevronDown size={16} className="pointer-events-none absolute top-2.5 right-2.5 text-soft" aria-hidden />
    </div>
  );
}

/** Yes or no, with its label beside it. */
export function Checkbox({ label, hint, ...rest }: ComponentProps<'input'> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className="flex gap-2.5">
      <input
        {...rest}
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-4.5 shrink-0 accent-accent"
      />
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-soft">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
