import { describe, expect, it } from 'vitest';
import { escapeText, replaceControls } from './escape.js';

describe('escapeText', () => {
  it('lets no text become markup, and keeps its lines', () => {
    expect(escapeText(`<a href="x">&'\u0000</a>`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39; &lt;/a&gt;');
    expect(escapeText('a\n\tb\r')).toBe('a\n\tb ');
  });

  it('blanks what XML cannot hold, and only that', () => {
    expect(escapeText('a\ud800b\uffffc')).toBe('a b c');
    expect(escapeText('Ä → 😀')).toBe('Ä → 😀');
  });
});

describe('replaceControls', () => {
  it('lets no text drive a terminal, nor begin a line', () => {
    expect(replaceControls('a\u001b[31mb\u009bc\nd\te')).toBe('a [31mb c d e');
    expect(replaceControls('Ä 😀\udc00')).toBe('Ä 😀 ');
  });
});
