import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ApiProblem } from '@/api/problem';
import { announce, onAnnounce } from './announce';
import { IconButton } from './Button';
import { classes } from './classes';

interface Toast {
  id: number;
  tone: 'good' | 'bad';
  text: string;
  mend?: string;
}

const SHOWN_MS = 6000;
let toasts: Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

function change(next: Toast[]) {
  toasts = next;
  listeners.forEach((listener) => listener());
}

function close(id: number) {
  change(toasts.filter((toast) => toast.id !== id));
}

function show(toast: Omit<Toast, 'id'>) {
  const id = ++count;
  change([...toasts.slice(-3), { ...toast, id }]);
  announce([toast.text, toast.mend].filter(Boolean).join('. '));
  // A failure stays until it is read.
  if (toast.tone === 'good') setTimeout(() => close(id), SHOWN_MS);
}

/** Says briefly that something was done. */
export function toastDone(text: string): void {
  show({ tone: 'good', text });
}

/** Says that something failed, where no place on the page belongs to it. */
export function toastFailed(error: unknown): void {
  const problem = ApiProblem.of(error);
  show({ tone: 'bad', text: problem.message, ...(problem.mend && { mend: problem.mend }) });
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts show, and what tells screen readers about them and about {@link announce}. */
export function LiveRegion() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  const [said, setSaid] = useState('');
  useEffect(() => onAnnounce((text) => setSaid((before) => (before === text ? `${text}\u00a0` : text))), []);
  return (
    <>
      <div role="status" aria-live="polite" className="sr-only">
        {said}
      </div>
      <div className="pointer-events-none fixed inset-x-3 bottom-16 z-50 flex flex-col items-end gap-2 sm:bottom-4">
        {shown.map(({ id, tone, text, mend }) => (
          <div
            key={id}
            className="pointer-events-auto flex max-w-md items-start gap-2 rounded-lg border bg-raised py-2 pr-1 pl-3 shadow-float"
          >
            {tone === 'good' ? (
              <CircleCheck size={18} className="mt-1 shrink-0 text-good" aria-hidden />
            ) : (
              <CircleAlert size={18} className="mt-1 shrink-0 text-bad" aria-hidden />
            )}
            <p className={classes('min-w-0 grow py-0.5 break-words', tone === 'bad' && 'font-medium')}>
              {text}
              {mend && <span className="block font-normal text-soft">{mend}</span>}
            </p>
            <IconButton size="small" icon={X} label="Close" onClick={() => close(id)} />
          </div>
        ))}
      </div>
    </>
  );
}
