import { EcgError, type ErrorCode } from '../core/index.js';

/** Process exit code of each kind of fault; 70 (sysexits EX_SOFTWARE) is a bug of ours. */
const EXIT_CODES: Record<ErrorCode, number> = {
  'bad-option': 2,
  'not-found': 3,
  'bad-format': 4,
  unsupported: 5,
  'bad-shape': 6,
  'too-short': 7,
  cancelled: 130,
};

/** Something the command needs is taken, full or away (sysexits EX_UNAVAILABLE). */
const UNAVAILABLE = 69;

/** The exit code and the one line for a person that belong to a fault. */
export function describeFault(fault: unknown): { code: number; message: string } {
  if (fault instanceof EcgError) return { code: EXIT_CODES[fault.code], message: fault.message };
  if (fault instanceof Error && fault.name === 'ServiceFault')
    return { code: UNAVAILABLE, message: fault.message };
  const detail = fault instanceof Error ? fault.message : String(fault);
  const trace = process.env['ECTOPY_DEBUG'] && fault instanceof Error ? `\n${fault.stack}` : '';
  return {
    code: 70,
    message: `internal error: ${detail} (a bug in ectopy; set ECTOPY_DEBUG=1 for the trace and report it)${trace}`,
  };
}
