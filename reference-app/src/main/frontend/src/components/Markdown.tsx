import { lazy, Suspense } from 'react';

const Rendered = lazy(() => import('./MarkdownText'));

/** Text that a model or a document wrote, as Markdown: no HTML, no images of other servers, only safe links. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
      <Rendered text={text} />
    </Suspense>
  );
}
