import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import MarkdownText, { safeLink } from './MarkdownText';

it('keeps out what a text must not bring', () => {
  const text = [
    'A [good](https://example.org) and a [bad](javascript:alert(1)) link',
    '![a picture](https://evil.example/seen.png)',
    '<img src=x onerror=alert(1)><script>alert(1)</script>',
    '[disguised](//evil.example) [data](data:text/html,x)',
  ].join('\n\n');

  const { container } = render(<MarkdownText text={text} />);

  expect([...container.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual(['https://example.org']);
  expect(container.querySelectorAll('img, script, iframe')).toHaveLength(0);
  expect(container.textContent).toContain('[picture: a picture]');
});

it('follows links to the web, to mail and to pages of ours', () => {
  expect(['https://a.b', 'mailto:a@b.c', '/datasets/1', '#part'].map(safeLink)).not.toContain('');
  expect(['//a.b', '/\\a.b', 'vbscript:x', ' javascript:x', 'data:x', 'ftp://a'].map(safeLink)).toEqual(Array.from({ length: 6 }, () => ''));
});
