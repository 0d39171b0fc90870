import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { IconButton } from './Button';
import { classes } from './classes';

/** A modal dialog: the rest of the page is inert, Escape closes it, the focus goes back to where it came from. */
export function Dialog({
  open,
  onClose,
  title,
  children,
  footer,
  size = 'medium',
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** The buttons below. */
  footer?: ReactNode;
  size?: 'small' | 'medium' | 'large';
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Not after the layout: a dialog that is no longer in the page gives the focus back to nobody when it is closed.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!open || element === null) return undefined;
    element.showModal();
    return () => element.close();
  }, [open]);
  if (!open) return null;
  const width = { small: 'max-w-sm', medium: 'max-w-lg', large: 'max-w-3xl' }[size];
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={classes(
        'max-h-[calc(100dvh-2rem)] w-[calc(100vw-1.5rem)] flex-col overflow-hidden rounded-xl border bg-raised',
        'shadow-float backdrop:bg-black/45 open:flex',
        width,
      )}
    >
      <div className="flex items-center justify-between gap-3 border-b py-2 pr-2 pl-5">
        <h2 id={id} className="min-w-0 text-lg font-semibold break-words">
          {title}
        </h2>
        <IconButton icon={X} label="Close" onClick={onClose} />
      </div>
      <div className="min-h-0 grow overflow-y-auto p-5">{children}</div>
      {footer && <div className="flex flex-wrap justify-end gap-2 border-t bg-surface px-5 py-3">{footer}</div>}
    </dialog>
  );
}
