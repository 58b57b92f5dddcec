import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AuditRow, auditHash, CHAIN_START } from '../storage/audit.js';
import { verifyChain } from './audit-chain.js';

function chain(length: number): AuditRow[] {
  const rows: AuditRow[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const row = {
      seq,
      at: `2026-01-01T00:00:0${seq}.000Z`,
      actor: 'key:a',
      action: 'recording.read',
      target: `r${seq}`,
      detail: '{}',
      previous: rows.at(-1)?.hash ?? CHAIN_START,
    };
    rows.push({ ...row, hash: auditHash(row) });
  }
  return rows;
}

async function* each(rows: readonly AuditRow[]): AsyncGenerator<AuditRow> {
  yield* rows;
}

describe('audit chain', () => {
  it('hashes the row and the hash before it', () => {
    const [row] = chain(1);
    const said = `[1,"2026-01-01T00:00:01.000Z","key:a","recording.read","r1","{}","${'0'.repeat(64)}"]`;
    expect(row?.hash).toBe(createHash('sha256').update(said).digest('hex'));
  });

  it('is whole as written, and tells its head', async () => {
    const rows = chain(5);
    expect(await verifyChain(each(rows))).toEqual({
      rows: 5,
      head: { seq: 5, hash: rows[4]?.hash },
      fault: null,
    });
    expect((await verifyChain(each(rows), { seq: 3, hash: rows[2]?.hash ?? '' })).fault).toBeNull();
  });

  it.each(['at', 'actor', 'action', 'target', 'detail', 'hash'] as const)(
    'notices a changed %s',
    async (field) => {
      const rows = chain(5).map((row) => (row.seq === 3 ? { ...row, [field]: `${row[field]}x` } : row));
      expect((await verifyChain(each(rows))).fault?.seq).toBe(3);
    },
  );

  it('notices a row taken out, put in, exchanged, and rows hashed anew', async () => {
    const rows = chain(5);
    expect((await verifyChain(each(rows.filter(({ seq }) => seq !== 2)))).fault?.seq).toBe(2);
    expect(
      (await verifyChain(each([...rows.slice(0, 2), rows[1] as AuditRow, ...rows.slice(2)]))).fault,
    ).not.toBeNull();
    const third = { ...(rows[2] as AuditRow), actor: 'key:b' };
    const anew = rows.map((row) => (row.seq === 3 ? { ...third, hash: auditHash(third) } : row));
    expect((await verifyChain(each(anew))).fault?.seq).toBe(4);
  });

  it('notices a cut-off end only beside a noted head', async () => {
    const rows = chain(5);
    const head = { seq: 5, hash: rows[4]?.hash ?? '' };
    expect((await verifyChain(each(rows.slice(0, 4)))).fault).toBeNull();
    expect((await verifyChain(each(rows.slice(0, 4)), head)).fault).toEqual({
      seq: 5,
      message: 'rows up to 5 were noted',
    });
    expect((await verifyChain(each(rows), { ...head, hash: CHAIN_START })).fault?.seq).toBe(5);
  });
});
