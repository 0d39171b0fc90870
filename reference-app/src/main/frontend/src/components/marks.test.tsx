import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import MarkdownText from './MarkdownText';

const shown = (text: string, ...words: string[]) => {
  const marks = words.map((word) => ({
    start: text.indexOf(word),
    end: text.indexOf(word) + word.length,
    note: 'not checked',
  }));
  const { container } = render(<MarkdownText text={text} marks={marks} />);
  return [...container.querySelectorAll('mark')].map((mark) => mark.firstChild?.textContent);
};

it('points out parts of a text where they stand in its source', () => {
  expect(shown('The **West** sold 12 units, the East 12', '12')).toEqual(['12']);
  expect(shown('- One of **3.2 million**\n- Two of 14 %', '3.2 million', '14 %')).toEqual(['3.2 million', '14 %']);
  expect(shown('| a | b |\n|---|---|\n| 7 | 8 |', '8')).toEqual(['8']);
});

it('leaves a text as it is where nothing is pointed out', () => {
  expect(shown('Nothing here')).toEqual([]);
  expect(shown('Escaped \\* and 12', '12')).toEqual([]);
});

it('shows no HTML, no picture of another server and no link that runs something', () => {
  const { container } = render(
    <MarkdownText
      text={'<img src=x onerror=alert(1)> ![seen](https://example.org/x.png) [go](javascript:alert(1)) <b>bold</b>'}
    />,
  );
  expect(container.querySelector('img, b, script, a')).toBeNull();
  expect(container.textContent).toContain('[picture: seen]');
});
