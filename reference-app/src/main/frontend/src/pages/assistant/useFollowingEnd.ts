import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const NEAR_PX = 120;

/** Keeps the end of the page in sight while it grows, as long as the person has not scrolled away from it. */
export function useFollowingEnd(content: unknown[]) {
  const end = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const toEnd = useCallback(() => {
    follows.current = true;
    setIsAtEnd(true);
    window.scrollTo({ top: document.documentElement.scrollHeight });
  }, []);
  useEffect(() => {
    const scrolled = () => {
      const { scrollHeight, clientHeight } = document.documentElement;
      follows.current = scrollHeight - clientHeight - window.scrollY < NEAR_PX;
      setIsAtEnd(follows.current);
    };
    window.addEventListener('scroll', scrolled, { passive: true });
    return () => window.removeEventListener('scroll', scrolled);
  }, []);
  useLayoutEffect(() => {
    if (follows.current) window.scrollTo({ top: document.documentElement.scrollHeight });
    // What is shown has changed.
    // oxlint-disable-next-line react/exhaustive-deps
  }, content);
  // A chart or a picture that comes later makes the page longer, too.
  useEffect(() => {
    const watched = end.current?.parentElement;
    if (!watched) return undefined;
    const observer = new ResizeObserver(() => {
      if (follows.current) window.scrollTo({ top: document.documentElement.scrollHeight });
    });
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return { end, isAtEnd, toEnd };
}
