import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../../tests/both-databases.js';
import { addWholeRecording } from '../../../tests/full-storage.js';
import { alertsAfter, insertAlert, newestAlertId } from './alerts.js';
import { insertAnalysis } from './analyses.js';
import { findApiKey, findApiKeyByHash, insertApiKey, listApiKeys, revokeApiKey } from './api-keys.js';
import { appendAudit, auditAfter, auditHash, auditOfTarget, CHAIN_START, newestAudit } from './audit.js';
import { appendCorrection, correctionsOfRecording } from './corrections.js';
import { openDatabase } from './database.js';
import { deliveriesOfWebhook, nextDeliveryAt, settleDelivery, takeDueDeliveries } from './deliveries.js';
import { countQueuedJobs, getJob, insertJob, jobsOfRecording } from './jobs.js';
import { getRecording, insertRecording } from './recordings.js';
import { endStream, getStream, insertStream, openStreams, streamsOfDevice } from './streams.js';
import { deleteWebhook, getWebhook, insertWebhook, listWebhooks, setWebhookActive } from './webhooks.js';

const missing = { name: 'EcgError', code: 'not-found' };
/** ISO time of a second of a day. */
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const recording = (id: string) => ({
  id,
  created_at: at(0),
  name: id,
  status: 'ready',
  owner: 'local',
  pseudonymised: 0,
  revision: 0,
});
const job = (id: string, recordingId: string, second = 0) => ({
  id,
  kind: 'analyze',
  recording_id: recordingId,
  owner: 'local',
  status: 'queued',
  options: '{}',
  created_at: at(second),
  attempts: 0,
  progress: 0,
});

describeOnBothDatabases('corrections', (place) => {
  it('are appended to the revision they were made on, in order', async () => {
    const { database } = place().storage;
    await insertRecording(database, recording('r'));
    const correct = (revision: number, actor = 'a') =>
      appendCorrection(database, {
        recording_id: 'r',
        revision,
        at: at(revision),
        actor,
        changes: '[]',
        comment: 'ü',
      });
    expect(await correct(0)).toEqual({ revision: 1 });
    expect(await correct(1)).toEqual({ revision: 2 });
    for (const stale of [0, 1, 3, -1]) {
      await expect(correct(stale)).rejects.toMatchObject({ name: 'ServiceFault', code: 'conflict' });
    }
    expect((await correctionsOfRecording(database, 'r')).map(({ revision }) => revision)).toEqual([1, 2]);
    expect(await correctionsOfRecording(database, 'r', { afterRevision: 1 })).toEqual([
      { recording_id: 'r', revision: 2, at: at(1), actor: 'a', changes: '[]', comment: 'ü' },
    ]);
    await expect(
      appendCorrection(database, {
        recording_id: 'never',
        revision: 0,
        at: at(0),
        actor: 'a',
        changes: '[]',
        comment: null,
      }),
    ).rejects.toMatchObject(missing);
  });

  it('of many at once, from more than one connection: one passes for each revision, none is lost', async () => {
    const { storage, config } = place();
    const other = openDatabase(config.database, config.data);
    try {
      await insertRecording(storage.database, recording('crowd'));
      let conflicts = 0;
      const corrector = async (name: string, n: number) => {
        const { database } = n % 2 === 0 ? storage : other;
        for (let made = 0; made < 5; ) {
          const { revision } = await getRecording(database, 'crowd');
          const one = {
            recording_id: 'crowd',
            revision,
            at: at(0),
            actor: name,
            changes: '[]',
            comment: null,
          };
          try {
            await appendCorrection(database, one);
            made++;
          } catch (fault) {
            expect(fault).toMatchObject({ code: 'conflict' });
            conflicts++;
          }
        }
      };
      await Promise.all(['a', 'b', 'c', 'd'].map(corrector));
      const made = await correctionsOfRecording(storage.database, 'crowd');
      expect(made.map(({ revision }) => revision)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      for (const name of ['a', 'b', 'c', 'd'])
        expect(made.filter(({ actor }) => actor === name)).toHaveLength(5);
      expect((await getRecording(storage.database, 'crowd')).revision).toBe(20);
      // Otherwise they did not meet, and this proves nothing.
      expect(conflicts).toBeGreaterThan(0);
    } finally {
      await other.close();
    }
  });
});

describeOnBothDatabases('jobs', (place) => {
  it('are told newest first, and belong to a recording', async () => {
    const { database } = place().storage;
    await insertRecording(database, recording('q'));
    for (const [id, second] of [
      ['b', 2],
      ['a', 2],
      ['c', 1],
      ['d', 3],
    ] as const)
      await insertJob(database, job(id, 'q', second));
    expect(await countQueuedJobs(database)).toBe(4);
    expect((await jobsOfRecording(database, 'q')).map(({ id }) => id).join('')).toBe('dbac');
    await expect(getJob(database, 'never')).rejects.toMatchObject(missing);
    await expect(insertJob(database, job('x', 'never'))).rejects.toMatchObject(missing);
    const analysis = {
      id: 'x',
      recording_id: 'never',
      job_id: 'g',
      created_at: at(2),
      sha256: 'a'.repeat(64),
    };
    await expect(insertAnalysis(database, analysis)).rejects.toMatchObject(missing);
  });
});

describeOnBothDatabases('audit', (place) => {
  it('is one chain without a gap, however many write at once', async () => {
    const { storage, config } = place();
    const others = [1, 2].map(() => openDatabase(config.database, config.data));
    try {
      const databases = [storage.database, ...others.map(({ database }) => database)];
      await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          appendAudit(
            databases[i % 3]!,
            Array.from({ length: 1 + (i % 3) }, (_, k) => ({
              at: at(i),
              actor: `a${i}`,
              action: 'x',
              target: k === 0 ? 'r1' : 'r2',
              detail: '{"ü":1}',
            })),
          ),
        ),
      );
      const rows = await auditAfter(storage.database, 0, 1000);
      expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
      let previous = CHAIN_START;
      for (const row of rows) {
        expect(row.previous).toBe(previous);
        expect(auditHash(row)).toBe(row.hash);
        previous = row.hash;
      }
      // Negative control: any change of any field is seen.
      const row = rows[10]!;
      for (const change of [
        { at: at(1e6) },
        { actor: 'z' },
        { target: 'z' },
        { detail: '{}' },
        { seq: 12 },
      ]) {
        expect(auditHash({ ...row, ...change })).not.toBe(row.hash);
      }
      expect((await newestAudit(storage.database))?.hash).toBe(previous);
      expect(await auditOfTarget(storage.database, 'r1', 100)).toHaveLength(30);
      expect((await auditAfter(storage.database, 58, 10)).map(({ seq }) => seq)).toEqual([59, 60]);
    } finally {
      for (const { close } of others) await close();
    }
  });
});

describeOnBothDatabases('streams, alerts, webhooks, keys', (place) => {
  it('streams are open until they end, once', async () => {
    const { database } = place().storage;
    for (const [id, second] of [
      ['s1', 1],
      ['s2', 2],
    ] as const) {
      await insertStream(database, {
        id,
        device: 'd',
        owner: 'o',
        started_at: at(second),
        fs: 250,
        leads: '[]',
      });
    }
    expect((await openStreams(database)).map(({ id }) => id)).toEqual(['s1', 's2']);
    expect((await streamsOfDevice(database, 'd', 1)).map(({ id }) => id)).toEqual(['s2']);
    expect(await endStream(database, 's1', at(9), 'rec')).toBe(true);
    expect(await endStream(database, 's1', at(10), null)).toBe(false);
    expect(await getStream(database, 's1')).toMatchObject({ ended_at: at(9), recording_id: 'rec', fs: 250 });
    expect((await openStreams(database)).map(({ id }) => id)).toEqual(['s2']);
    await expect(getStream(database, 'never')).rejects.toMatchObject(missing);
  });

  it('an alert is delivered to those who want its kind, once at a time, until it is settled', async () => {
    const { storage, config } = place();
    const { database } = storage;
    const hook = (id: string, kinds: string[] | null, active = 1) =>
      insertWebhook(database, {
        id,
        created_at: at(0),
        url: `https://${id}`,
        secret: 's',
        kinds: kinds === null ? null : JSON.stringify(kinds),
        active,
      });
    await hook('all', null);
    await hook('pauses', ['pause', 'asystole']);
    await hook('off', null, 0);
    const raise = (kind: string, second: number) =>
      insertAlert(database, {
        at: at(second),
        stream_id: null,
        recording_id: null,
        device: 'd',
        kind,
        sample: 3,
        detail: '{}',
      });
    const before = await newestAlertId(database);
    const pause = await raise('pause', 1);
    const other = await raise('bradycardia', 2);
    expect(pause.id).toBe(before + 1);
    expect((await alertsAfter(database, before, 10)).map(({ kind }) => kind)).toEqual([
      'pause',
      'bradycardia',
    ]);
    expect(await newestAlertId(database)).toBe(other.id);
    expect(await nextDeliveryAt(database)).toBe(at(1));

    const second = openDatabase(config.database, config.data);
    try {
      const taken = await Promise.all(
        [database, second.database].map((one) => takeDueDeliveries(one, at(2), at(60), 10)),
      );
      const due = taken
        .flat()
        .map(({ webhook, alert, delivery }) => `${webhook.id} ${alert.kind} ${delivery.attempts}`);
      expect(due.sort()).toEqual(['all bradycardia 1', 'all pause 1', 'pauses pause 1']);
    } finally {
      await second.close();
    }
    expect(await takeDueDeliveries(database, at(59), at(99), 10)).toEqual([]);
    const key = (webhook: string, alert: number) => ({ webhook_id: webhook, alert_id: alert });
    await settleDelivery(database, key('all', pause.id), { status: 'done' });
    await settleDelivery(database, key('all', other.id), { status: 'failed', error: 'gone' });
    await settleDelivery(database, key('pauses', pause.id), {
      status: 'waiting',
      nextAt: at(70),
      error: '500',
    });
    expect(await nextDeliveryAt(database)).toBe(at(70));
    // Its sender dies without settling: it is due again.
    expect(await takeDueDeliveries(database, at(70), at(80), 10)).toHaveLength(1);
    const [again] = await takeDueDeliveries(database, at(80), at(90), 10);
    expect(again).toMatchObject({ delivery: { attempts: 3, last_error: '500' }, webhook: { id: 'pauses' } });
    expect((await deliveriesOfWebhook(database, 'all', 10)).map(({ status }) => status)).toEqual([
      'failed',
      'done',
    ]);

    await setWebhookActive(database, 'pauses', false);
    expect((await getWebhook(database, 'pauses')).active).toBe(0);
    expect(await nextDeliveryAt(database)).toBeUndefined();
    await deleteWebhook(database, 'pauses');
    expect(await deliveriesOfWebhook(database, 'pauses', 10)).toEqual([]);
    expect((await listWebhooks(database)).map(({ id }) => id)).toEqual(['all', 'off']);
    for (const ask of [getWebhook, deleteWebhook])
      await expect(ask(database, 'pauses')).rejects.toMatchObject(missing);
  });

  it('who asks for alerts after a number misses none, however many are raised at once', async () => {
    const { storage, config } = place();
    const other = openDatabase(config.database, config.data);
    try {
      const start = await newestAlertId(storage.database);
      let raising = true;
      const seen: number[] = [];
      const reading = (async () => {
        for (let last = start, over = false; !over; ) {
          over = !raising;
          const alerts = await alertsAfter(storage.database, last, 1000);
          seen.push(...alerts.map(({ sample }) => sample));
          last = alerts.at(-1)?.id ?? last;
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      const raise = (sample: number) =>
        insertAlert(sample % 2 === 0 ? storage.database : other.database, {
          at: at(0),
          stream_id: null,
          recording_id: null,
          device: null,
          kind: 'crowd',
          sample,
          detail: '{}',
        });
      const samples = Array.from({ length: 60 }, (_, i) => i);
      await Promise.all(samples.map(raise));
      raising = false;
      await reading;
      expect(seen.toSorted((a, b) => a - b)).toEqual(samples);
    } finally {
      await other.close();
    }
  });

  it('keys are found by id and hash, and stay revoked since when they were', async () => {
    const { database } = place().storage;
    await insertApiKey(database, { id: 'k', name: 'n', hash: 'h', role: 'admin', created_at: at(0) });
    await expect(
      insertApiKey(database, { id: 'k2', name: 'n', hash: 'h', role: 'admin', created_at: at(0) }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(await findApiKeyByHash(database, 'h')).toEqual(await findApiKey(database, 'k'));
    expect(await findApiKey(database, 'h')).toBeUndefined();
    expect((await revokeApiKey(database, 'k', at(1))).revoked_at).toBe(at(1));
    expect((await revokeApiKey(database, 'k', at(2))).revoked_at).toBe(at(1));
    expect(await listApiKeys(database)).toHaveLength(1);
    await expect(revokeApiKey(database, 'never', at(1))).rejects.toMatchObject(missing);
  });

  it('what cannot be stored is refused by both in the same way', async () => {
    const { database, blobs } = place().storage;
    await addWholeRecording({ database, blobs }, 'whole');
    await expect(insertRecording(database, { ...recording('whole'), name: 'again' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await getRecording(database, 'whole')).length).toBe(5_000_000_000);
  });
});
