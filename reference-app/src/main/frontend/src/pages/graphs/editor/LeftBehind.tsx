import { useEffect, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { ago } from '@/components/format';
import { Note } from '@/components/small';
import { diff, isSame, summary } from '../model/diff';
import type { GraphDocument } from '../model/document';
import { useEditorStore } from '../model/editorStore';
import { aliveTabs, type Journal, type JournalEntry } from '../model/journal';
import { DiffView } from './DiffView';

/** Offers changes that were not saved when the page ended. */
export function LeftBehind({ journal, revision, saved }: { journal: Journal; revision: number; saved: GraphDocument }) {
  const store = useEditorStore();
  const [entry, setEntry] = useState<JournalEntry | null>(null);
  const [looking, setLooking] = useState(false);
  useEffect(() => {
    let ended = false;
    void aliveTabs().then((alive) => {
      if (ended) return;
      const left = journal.left(alive);
      const wanted = left.filter(({ document }) => !isSame(diff(saved, document)));
      left.filter((one) => !wanted.includes(one)).forEach(({ tab }) => journal.clear(tab));
      const first = wanted[0];
      setEntry(first === undefined ? null : journal.keep(first));
    });
    return () => {
      ended = true;
    };
  }, [journal, saved]);
  if (entry === null) return null;
  const decide = (restored: boolean) => {
    if (restored) store.changeWhole('Restore unsaved changes', () => entry.document);
    journal.clear(entry.tab);
    setEntry(null);
    setLooking(false);
  };
  const found = diff(saved, entry.document);
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-warn/40 bg-warn-wash px-4 py-2 text-sm"
    >
      <p className="min-w-0 grow">
        <span className="font-medium">Changes from {ago(new Date(entry.at).toISOString())} were not saved:</span>{' '}
        {summary(found)}.
      </p>
      <div className="flex gap-2">
        <Button size="small" onClick={() => setLooking(true)}>
          Look
        </Button>
        <Button size="small" onClick={() => decide(false)}>
          Discard
        </Button>
        <Button size="small" look="primary" onClick={() => decide(true)}>
          Restore
        </Button>
      </div>
      {looking && (
        <Dialog
          open
          onClose={() => setLooking(false)}
          title="Changes that were not saved"
          footer={
            <>
              <Button onClick={() => decide(false)}>Discard</Button>
              <Button look="primary" onClick={() => decide(true)}>
                Restore
              </Button>
            </>
          }
        >
          <div className="flex flex-col gap-3">
            {entry.revision !== revision && (
              <Note tone="warn">
                The graph was saved elsewhere since. Restoring puts these changes in place of what was saved; undo
                brings that back.
              </Note>
            )}
            <DiffView found={found} />
          </div>
        </Dialog>
      )}
    </div>
  );
}
