import { useState, type ReactNode } from 'react';
import { Button } from './Button';
import { Dependants, useDependants } from './Dependants';
import { Dialog } from './Dialog';
import { ErrorState } from './states';

/** Asks before something is deleted for good, and shows why when it could not be. */
export function ConfirmDelete({
  title,
  children,
  action = 'Delete',
  dependants,
  ready = true,
  onConfirm,
  onClose,
}: {
  /** Such as `Delete “sales.csv”?` */
  title: string;
  /** What goes with it. */
  children: ReactNode;
  action?: string;
  /** The route that says what rests on it, which is shown before it can be confirmed. */
  dependants?: string;
  /** Whether what the content asks for is given; until then it can't be confirmed. */
  ready?: boolean;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const found = useDependants(dependants);
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
      size={dependants === undefined ? 'small' : 'medium'}
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button look="danger" busy={busy} disabled={found.isLoading || !ready} onClick={() => void confirm()}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="text-soft">{children}</div>
        {dependants !== undefined && (
          <div className="flex flex-col gap-3 text-soft">
            <Dependants query={found} />
          </div>
        )}
        {error !== null && <ErrorState error={error} compact />}
      </div>
    </Dialog>
  );
}
