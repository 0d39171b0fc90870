import { useState, type ReactNode } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { ErrorState } from './states';

/** Asks before something is deleted for good, and shows why when it could not be. */
export function ConfirmDelete({
  title,
  children,
  action = 'Delete',
  onConfirm,
  onClose,
}: {
  /** Such as `Delete “sales.csv”?` */
  title: string;
  /** What goes with it. */
  children: ReactNode;
  action?: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button look="danger" busy={busy} onClick={() => void confirm()}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="text-soft">{children}</div>
        {error !== null && <ErrorState error={error} compact />}
      </div>
    </Dialog>
  );
}
