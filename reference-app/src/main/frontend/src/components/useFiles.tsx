import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';

/**
 * Files that somebody adds: `choose` lets them choose some, with the `chooser` that must stand in the page, and a link with
 * `?add=file` leads to the button that has the id `buttonId`.
 */
export function useFiles({
  label,
  accept,
  enabled,
  onFiles,
}: {
  /** What is chosen, for screen readers. */
  label: string;
  /** Endings, as `<input accept>` takes them. */
  accept: string;
  /** Whether somebody may add some. */
  enabled: boolean;
  onFiles: (files: FileList) => void;
}): { buttonId: string; choose: () => void; chooser: ReactNode } {
  const input = useRef<HTMLInputElement>(null);
  const buttonId = useId();
  const [params, setParams] = useSearchParams();
  const isAsked = params.get('add') === 'file' && enabled;
  useEffect(() => {
    if (!isAsked) return;
    setParams({}, { replace: true });
    document.getElementById(buttonId)?.focus();
  }, [isAsked, setParams, buttonId]);
  const chooser = (
    <input
      ref={input}
      type="file"
      multiple
      accept={accept}
      aria-label={label}
      className="hidden"
      onChange={(event) => {
        if (event.target.files) onFiles(event.target.files);
        event.target.value = '';
      }}
    />
  );
  return { buttonId, choose: () => input.current?.click(), chooser };
}
