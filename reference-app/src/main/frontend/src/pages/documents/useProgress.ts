import { useState } from 'react';
import { useEvents } from '@/api/useStream';
import type { StudioDocument } from './shapes';
import { isMoving } from './stages';

const ENDS = ['done', 'failed', 'cancelled'];

/** A document as it is now: follows its events while it is being read. */
export function useProgress(document: StudioDocument, onEnd: (document: StudioDocument) => void): StudioDocument {
  const [latest, setLatest] = useState<{ from: StudioDocument; now: StudioDocument }>({
    from: document,
    now: document,
  });
  // What was read anew is newer than what was told before.
  const now = latest.from === document ? latest.now : document;
  useEvents<Partial<StudioDocument>>(
    isMoving(document) ? `/documents/${document.id}/events` : null,
    ENDS,
    ({ type, data }) => {
      const next = { ...now, ...data };
      setLatest({ from: document, now: next });
      if (ENDS.includes(type)) onEnd(next);
    },
  );
  return now;
}
