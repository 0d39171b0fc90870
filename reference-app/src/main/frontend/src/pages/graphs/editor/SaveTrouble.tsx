import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { ErrorState } from '@/components/states';
import { toastDone } from '@/components/Toasts';
import { graphs } from '../client';
import { diff } from '../model/diff';
import { toSaved } from '../model/document';
import { useEditorStore } from '../model/editorStore';
import type { Saver } from '../model/saver';
import { useStore } from '../model/store';
import { DiffView } from './DiffView';

/** Asks what to do where the draft can't be saved as it is: nothing is overwritten before somebody chose. */
export function SaveTrouble({ saver }: { saver: Saver }) {
  const save = useStore(saver, (state) => state.save);
  const store = useEditorStore();
  const navigate = useNavigate();
  const [later, setLater] = useState<unknown>(null);
  const [error, setError] = useState<unknown>(null);
  if ((save.state !== 'conflict' && save.state !== 'failed') || later === save) return null;
  const close = () => setLater(save);
  const asCopy = async () => {
    try {
      const copy = await graphs.create(`${store.draft.name} (my changes)`, toSaved(store.draft));
      const theirs = saver.takeTheirs();
      if (theirs !== null) store.load(theirs);
      toastDone('Your changes are a graph of their own now');
      await navigate(`/graphs/${copy.id}`);
    } catch (failure) {
      setError(failure);
    }
  };
  if (save.state === 'failed') {
    return (
      <Dialog
        open
        onClose={close}
        title="This graph could not be saved"
        footer={
          <>
            <Button onClick={() => void saver.retry()}>Try again</Button>
            <Button look="primary" onClick={() => void asCopy()}>
              Save as a new graph
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <ErrorState error={save.problem} compact />
          <p className="text-soft">Your changes are kept in this browser until they are saved.</p>
          {error !== null && <ErrorState error={error} compact />}
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={close}
      title="This graph was changed elsewhere"
      footer={
        <>
          <Button
            onClick={() => {
              const theirs = saver.takeTheirs();
              if (theirs !== null) store.load(theirs);
            }}
          >
            Take theirs
          </Button>
          <Button onClick={() => void asCopy()}>Keep both: mine as a copy</Button>
          <Button look="primary" onClick={() => void saver.keepMine()}>
            Save mine over theirs
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>
          Somebody, perhaps you in another tab, saved this graph while you changed it here. Nothing is lost: choose
          which of the two is the draft.
        </p>
        <div>
          <h3 className="mb-1 font-medium">What yours has that theirs has not</h3>
          <DiffView found={diff(save.theirs, store.draft)} />
        </div>
        {error !== null && <ErrorState error={error} compact />}
      </div>
    </Dialog>
  );
}
