import { lazy, Suspense } from 'react';
import type { Mark } from './marks';

const Rendered = lazy(() => import('./MarkdownText'));

/** Text that a model or a document wrote, as Markdown: no HTML, no images of other servers, only safe links. */
export function Markdown({ text, marks }: { text: string; marks?: Mark[] }) {
  return (
    <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
      <Rendered text={text} {...(marks && { marks })} />
    </Suspense>
  );
}
