import type { Format } from '../source.js';
import { openJson } from './reader.js';

/** Our own recording as JSON; any JSON object is taken for one, and its faults are then listed. */
export const json: Format = {
  id: 'json',
  title: 'JSON',
  recognises: (head) => {
    const start = new TextDecoder().decode(head.subarray(0, 1024)).trimStart();
    return /^(\{\s*("|\}|$)|\[\s*[[{])/.test(start);
  },
  open: openJson,
};
