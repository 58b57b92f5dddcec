import { describe, expect, it } from 'vitest';
import { PAGE_POLICY } from '../http/security-headers.js';
import { PAGE_MARKUP } from './markup.js';
import { PAGE_SCRIPT } from './script.js';
import { PAGE_SHEET } from './sheet.js';

describe('the landing page', () => {
  it('is small, and one piece with its script', () => {
    expect(Buffer.byteLength(PAGE_MARKUP + PAGE_SHEET + PAGE_SCRIPT)).toBeLessThan(25_000);
    // Parses; a mistake in it would not.
    expect(() => new Function(PAGE_SCRIPT)).not.toThrow();
    expect(() => new Function(`${PAGE_SCRIPT}}`)).toThrow(SyntaxError);
    const ids = [...PAGE_MARKUP.matchAll(/ id="([\w-]+)"/g)].map((match) => match[1]);
    const asked = [...PAGE_SCRIPT.matchAll(/\$\('([\w-]+)'\)/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(asked.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('needs nothing that its policy forbids: no code or style in it, no other host', () => {
    expect(PAGE_POLICY).toContain("script-src 'self'");
    expect(PAGE_MARKUP).not.toMatch(
      /<style|style=|\son\w+=|javascript:|<script(?! type="module" src="\/page\.js">)/,
    );
    const hosts = /(?:https?:)?\/\/[a-z][\w.-]+/gi;
    const namespaces = /http:\/\/www\.w3\.org\/2000\/svg/g;
    expect((PAGE_MARKUP + PAGE_SHEET + PAGE_SCRIPT).replace(namespaces, '').match(hosts)).toBeNull();
    // What comes from files becomes text, never markup.
    expect(PAGE_SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
  });

  it('says what it may be used for', () => {
    expect(PAGE_MARKUP).toContain('Research use only');
    expect(PAGE_MARKUP).toContain('not for diagnosis');
  });
});
