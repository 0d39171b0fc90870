import type { ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './CodeBlock';
import { remarkMarks, type Mark } from './marks';

/** The address of a link that may be followed: another page of ours, the web, or mail. Anything else is none. */
export function safeLink(url: string): string {
  const cleaned = url.trim();
  if (/^(https?:\/\/|mailto:|#)/i.test(cleaned)) return cleaned;
  return /^\/(?![/\\])/.test(cleaned) ? cleaned : '';
}

const plain = (node: ReactNode): string =>
  typeof node === 'string' ? node : Array.isArray(node) ? node.map(plain).join('') : '';

const COMPONENTS: Components = {
  a: ({ href, children }) =>
    href ? (
      <a
        href={href}
        rel="noreferrer nofollow"
        target={href.startsWith('/') ? undefined : '_blank'}
        className="text-accent underline"
      >
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // A picture of another server would tell it what was read, and when.
  img: ({ alt }) => <span className="text-soft">[picture: {alt || 'not shown'}]</span>,
  pre: ({ children }) => <>{children}</>,
  code: ({ className, children }) =>
    className || plain(children).includes('\n') ? (
      <CodeBlock code={plain(children).replace(/\n$/, '')} label={className?.replace('language-', '') ?? 'Code'} />
    ) : (
      <code className="rounded bg-hover px-1 font-mono text-[0.92em]">{children}</code>
    ),
  table: ({ children }) => (
    <div className="overflow-x-auto">
      <table className="my-1 border-collapse text-sm [&_td]:border [&_td]:px-2 [&_td]:py-1 [&_th]:border [&_th]:bg-hover [&_th]:px-2 [&_th]:py-1">
        {children}
      </table>
    </div>
  ),
  ul: ({ children }) => <ul className="list-disc pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="list-decimal pl-5">{children}</ol>,
  // The headings of a text stand below those of the page.
  h1: ({ children }) => <p className="text-lg font-semibold">{children}</p>,
  h2: ({ children }) => <p className="font-semibold">{children}</p>,
  h3: ({ children }) => <p className="font-semibold">{children}</p>,
  mark: ({ title, children }) => (
    <mark
      title={title}
      className="rounded-sm bg-warn-wash px-0.5 text-ink underline decoration-warn decoration-dotted underline-offset-3"
    >
      {children}
      <span className="sr-only"> ({title})</span>
    </mark>
  ),
  blockquote: ({ children }) => <blockquote className="border-l-2 pl-3 text-soft">{children}</blockquote>,
};

export default function MarkdownText({ text, marks = [] }: { text: string; marks?: Mark[] }) {
  return (
    <div className="flex flex-col gap-2 break-words">
      <ReactMarkdown
        remarkPlugins={[remarkGfm, [remarkMarks, marks]]}
        skipHtml
        urlTransform={safeLink}
        components={COMPONENTS}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
