import type { Routes } from './route.js';

/** The page people meet first, and something to try it with. */
export const PAGE_ROUTES = {
  page: {
    method: 'GET',
    path: '/',
    tag: 'page',
    summary: 'The page of this server',
    access: 'open',
    answers: { 200: { description: 'HTML', type: 'text/html' } },
  },
  pageStyle: {
    method: 'GET',
    path: '/page.css',
    tag: 'page',
    summary: 'How the page looks',
    access: 'open',
    answers: { 200: { description: 'A style sheet', type: 'text/css' } },
  },
  pageScript: {
    method: 'GET',
    path: '/page.js',
    tag: 'page',
    summary: 'What the page does',
    access: 'open',
    answers: { 200: { description: 'A script', type: 'text/javascript' } },
  },
  sample: {
    method: 'GET',
    path: '/v1/sample',
    tag: 'page',
    summary: 'A recording to try the server with: ten synthetic minutes of two leads, nobody’s heart',
    access: 'open',
    answers: { 200: { description: 'A table that can be added as a recording', type: 'text/csv' } },
  },
} as const satisfies Routes;
