import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { placeOnPage, wantedOf } from './found';

/**
 * Begins each visit of a conversation at the message that its address asks for, which takes the focus, or else at the
 * end.
 *
 * @param isRead whether all messages are on the page
 * @return the number of the message asked for, null for none, and whether it is not there
 */
export function useVisit(isRead: boolean, toEnd: () => void, toPart: (part: HTMLElement) => void) {
  const { hash, key } = useLocation();
  const [missed, setMissed] = useState('');
  const wanted = wantedOf(hash);
  const last = useRef('');
  const begin = useEffectEvent((visit: string) => {
    if (last.current === visit) return;
    last.current = visit;
    // After the page around has gone to its top.
    requestAnimationFrame(() => {
      const part = wanted === null ? null : placeOnPage(wanted);
      if (part !== null) {
        toPart(part);
        part.focus({ preventScroll: true });
      } else if (wanted === null) toEnd();
      else setMissed(visit);
    });
  });
  useEffect(() => {
    if (isRead) begin(key);
  }, [key, isRead]);
  return { wanted, isMissed: missed === key };
}
