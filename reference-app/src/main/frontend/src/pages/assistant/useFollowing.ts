import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const NEAR_PX = 120;
/** What a person scrolls with; scripts that scroll cause none of these. */
const BY_HAND = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/**
 * Keeps a place of the page in sight while it grows: its end, as long as the person has not scrolled away from it, or a
 * part of it that was asked for, until the person moves.
 */
export function useFollowing(content: unknown[]) {
  const end = useRef<HTMLDivElement>(null);
  const followed = useRef<'end' | HTMLElement | null>('end');
  const [isAtEnd, setIsAtEnd] = useState(true);
  const bring = useCallback(() => {
    if (followed.current === 'end') window.scrollTo({ top: document.documentElement.scrollHeight });
    else followed.current?.scrollIntoView({ block: 'start' });
  }, []);
  const toEnd = useCallback(() => {
    followed.current = 'end';
    setIsAtEnd(true);
    bring();
  }, [bring]);
  const toPart = useCallback(
    (part: HTMLElement) => {
      followed.current = part;
      bring();
    },
    [bring],
  );
  useEffect(() => {
    const scrolled = () => {
      const { scrollHeight, clientHeight } = document.documentElement;
      const isNear = scrollHeight - clientHeight - window.scrollY < NEAR_PX;
      if (!(followed.current instanceof HTMLElement)) followed.current = isNear ? 'end' : null;
      setIsAtEnd(isNear);
    };
    const moved = () => {
      if (followed.current instanceof HTMLElement) followed.current = null;
    };
    window.addEventListener('scroll', scrolled, { passive: true });
    BY_HAND.forEach((kind) => window.addEventListener(kind, moved, { passive: true }));
    return () => {
      window.removeEventListener('scroll', scrolled);
      BY_HAND.forEach((kind) => window.removeEventListener(kind, moved));
    };
  }, []);
  useLayoutEffect(() => {
    bring();
    // What is shown has changed.
    // oxlint-disable-next-line react/exhaustive-deps
  }, content);
  // A chart or a picture that comes later makes the page longer, too.
  useEffect(() => {
    const watched = end.current?.parentElement;
    if (!watched) return undefined;
    const observer = new ResizeObserver(bring);
    observer.observe(watched);
    return () => observer.disconnect();
  }, [bring]);
  return { end, isAtEnd, toEnd, toPart };
}
