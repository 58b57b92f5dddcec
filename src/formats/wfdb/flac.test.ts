import { describe, expect, it } from 'vitest';
import { memorySource } from '../source.js';
import { openWfdb } from './record.js';

// Streams made by the reference encoder, flac 1.4.2, from the integers of the formulas below:
// flac --force-raw-format --endian=little --sign=signed --sample-rate=250 --lax -8 -b BLOCK, then metaflac to
// take the metadata out. `flac -a` names what each holds.
const N = 160;

/** An oscillator in integers. */
const tone = (amplitude: number): number[] => {
  const y = [0, amplitude];
  while (y.length < N) y.push((y[y.length - 1] >> 1) - y[y.length - 2]);
  return y;
};

/** The high bits of a linear congruential generator. */
const noise = (modulus: number): number[] => {
  let x = 12345n;
  return Array.from({ length: N }, () => {
    x = (x * 1103515245n + 12345n) % 2n ** 31n;
    return (Number(x >> 16n) % modulus) - (modulus >> 1);
  });
};

const small = noise(9);
const wave = tone(3000);

/** Per stream: base64, WFDB format, and the samples of each channel. */
const STREAMS: Record<string, { base64: string; format: number; channels: number[][] }> = {
  'left and side, linear prediction, two blocks': {
    base64:
      'ZkxhQ4AAACIAYABgAAByAACsAA+i8AAAAKAHTljrpIX5LV11oaL6pSEU//huiABfABnaRv//C7sF3Pc4YpuIW0gNsIVBdSV5squOFcVEF7kM3hPa9BInL/vcRMbzzVkrCVaywrK7DYbMTOqoDtLaUVsWsLHbISUgr8EhZmtV7Nlh5zoTpdIdNcUPrfAIXBLY9z5KW0FUfrLHtaBAAuSMQkEnIRTnhF/KQRRCFIcqnLjkOQhFP14hClUTsRRCExWKckOQhCiY/LiKdiCSKUQQQTMfiCDjwf/4bogBPwAZCUIJTgnWYyCCApOR8CyQ3ZshR+epSQoWiWg2fFpH8KkBS/eCCcxRmhcnO8RI2cnOR0iOyFMIITViXGXp7WbOlJ/cJkQgARNxCxeIVjl51bsonIIIQi8QgkkXKRoVVIqnxBC9t2Y7NNxAIg==',
    format: 516,
    channels: [wave.map((v, i) => v + small[i]), wave.map((v, i) => v - (small[i] >> 1))],
  },
  'right and side': {
    base64:
      'ZkxhQ4AAACIAoACgAAB2AAB2AA+i8AAAAKAPfNBjcBfgoi+bb9VlQUPV//humACfABllEACrRGaElZu7xvarE5GVnXuudnZm730jKvJUbkZsqK7R2ZlJnq5u6MSTqQhCZHpCNqRZ6RUda/SpyViEZvSMSSfdki/t++Yi1NUR0SaoQAABdwxkEAAP/////////////////////////8DymA==',
    format: 516,
    channels: [wave.map((v, i) => v + small[i]), wave],
  },
  'independent channels': {
    base64:
      'ZkxhQ4AAACIAoACgAACEAACEAA+i8AAAAKBW6bMgkA61M9y9ROhOGi42//huGACfABnyQgAAC7hjIIAAf/////////////////////////6F//4LvsZBAALmRsIrNLSr3RXJaG8GHRzrRRA4yks5a0mVCibhOZKQWoemUnCFqC6LNyYn5KIIhnaYjYxzFrCjBY4trmcYo2MYSskGxIqFN09Kh0PuRSW5ooixuHUK',
    format: 516,
    channels: [wave, wave.map((v, i) => Math.floor(v / 2) + small[i])],
  },
  'linear prediction beyond 32 bits': {
    base64:
      'ZkxhQ4AAACIAoACgAADKAADKAA+hcAAAAKCNwlsNHy4gF1FHSZ4lsGpX//huDACfABlPQgAAAg27psYgAgAAPJxM4dZKl6T5e1BXkWaJTlKWZAliTcvHV79LGJJ2ELOQmbC7xp2kJ8tShLMnSrmivrI+Yiagw4GUN8vZMrzLIspTNrjlmreIMUr5UrS/LuKKkp4KBJ2PI+ILWTiSrkaaTkDDLGKJkj6ScJegLV9mrMQBLzrdoyDJ8vXyXcHTQ8jBlSc89Uk3NQskR5jw8fU0JqwpywpX1JRk2Y8UYseaMqYcYadwXJOw8hElzAzxk1hYkSCG2A==',
    format: 524,
    channels: [tone(3000).map((v, i) => 300 * v + noise(33)[i])],
  },
  'constant, fixed prediction and wasted bits': {
    base64:
      'ZkxhQ4AAACIAUABQAABWAABoAA+kcAAAAKA1c8qIGIc5HVKF94nOnHX5//huIgBPABlWEADJemHaRl/94RroS8l6YdpGX/3hGuhLyXph2kZf/eEa6EvJemHaRl/94RroS8l6YAAUVgAIYf4f+H/h/4f+gEwKQhCEIQgH/h/47Nv/+G4iAU8AGUAQAN2kZf/eEa6EvJemHaRl/94RroS8l6YdpGX/3hGuhLyXph2kZf/eEa6EvJemHaRgACic8GBJJJJAkkkkkwAJqqqqqqAkkkkkCSSSSQJJJJJAkkkkkwAJqqqqqqAjGA==',
    format: 508,
    channels: [
      Array.from({ length: N }, (_, n) => ((n * n) % 19) - 9),
      new Array<number>(N).fill(5),
      Array.from({ length: N }, (_, n) => (n % 50) * 2),
    ],
  },
  verbatim: {
    base64:
      'ZkxhQ4AAACIAFAAUAAAgAAAgAA+gcAAAACgQPgg7l3fD09uhEPZ5iTV5//huAgATABnsArGsPDjibOsKe5aXssUy+W9gKMPhniP/+G4CARMAGfoCoPSMXsi+iJS0hRDMRRMCtZP3gpQlSQ==',
    format: 508,
    channels: [noise(255).slice(0, 40)],
  },
};

// Middle and side.
const MIDDLE =
  'ZkxhQ4AAACIAUABQAACAAACCAA+i8AAAAKBnNV/scOWro7MNgvevMIeX//huqABPABkcGAAAC7kW+iFWATTBQ48OGDR48s9yyDu0xF0iEyJEK5Opoxu9UcsLFhosYFmiDDFaNxKmUwq6JlzJ367fLRJMCngkcKDTxA5oQALkjEJBJyEU54RfykEUQhSHKpy45DkIRT9eIQpVE7EUQhMVinJDkIQomPy4inY77v/4bqgBTwAZChj4PezF4gzYfwEdXLiJERESZ9cqnO/veFEB4gcCCww0s9KE1eivxkqfOnWRFPf8USKJDCwSJCxQ4kelye0+ib5s6dPviaq6IgARBJFKIIIJmPxBCbiFi8QrHLzq3ZROQQQhF4hBJIuUjQqqRVPiCF7bsx2abk9y';
const slow = [0, 3000];
while (slow.length < N) slow.push(((slow[slow.length - 1] * 251) >> 7) - slow[slow.length - 2]);
STREAMS['middle and side, fixed prediction of order 4'] = {
  base64: MIDDLE,
  format: 516,
  channels: [slow.map((v, i) => v + small[i]), slow.map((v, i) => v - (small[i] >> 1))],
};

function open(name: string, change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes, spf = 1) {
  const { base64, format, channels } = STREAMS[name];
  const lines = channels.map((_, i) => `r.dat ${format}x${spf} 1/mV 0 0 ${channels[i][0]} 0 0 s${i}`);
  const header = new TextEncoder().encode(
    `r ${channels.length} 250 ${channels[0].length / spf}\n${lines.join('\n')}\n`,
  );
  const bytes = change(Uint8Array.from(Buffer.from(base64, 'base64')));
  return openWfdb(memorySource('r.hea', header, new Map([['r.dat', bytes]])));
}

describe('FLAC signal files', () => {
  it.each(Object.keys(STREAMS))('decodes %s exactly', async (name) => {
    const reader = await open(name);
    expect((await reader.readAdc()).map((each) => [...each])).toEqual(STREAMS[name].channels);
    expect((await reader.read()).warnings).toEqual([]);
    // From the middle of a block, backwards.
    for (const from of [39, 30, 21, 20, 3]) {
      expect([...(await reader.readAdc({ from, to: from + 1 }))[0]]).toEqual([
        STREAMS[name].channels[0][from],
      ]);
    }
  });

  it('reads several samples a frame', async () => {
    const name = 'constant, fixed prediction and wasted bits';
    const reader = await open(name, undefined, 2);
    expect(reader.info).toMatchObject({ fs: 500, length: 160 });
    expect((await reader.readAdc()).map((each) => [...each])).toEqual(STREAMS[name].channels);
  });

  it('gives NaN for a block whose checksum fails, and the blocks after it', async () => {
    const name = 'constant, fixed prediction and wasted bits';
    const reader = await open(name, (bytes) => bytes.map((byte, i) => (i === 60 ? byte ^ 1 : byte)));
    const { signals, warnings } = await reader.read();
    expect(signals[0].samples.subarray(0, 80).every(Number.isNaN)).toBe(true);
    expect([...signals[0].samples.subarray(80)]).toEqual(STREAMS[name].channels[0].slice(80));
    expect(warnings).toContain('r.dat is damaged from sample 0 to 80, those samples are missing');
  });

  it('reads the whole blocks of a truncated file', async () => {
    const name = 'left and side, linear prediction, two blocks';
    const reader = await open(name, (bytes) => bytes.subarray(0, bytes.length - 1));
    expect(reader.info.length).toBe(96);
    expect(reader.info.warnings).toEqual([
      'r.dat is truncated: it holds 96 of 160 samples a signal, the rest is missing',
    ]);
    expect([...(await reader.readAdc())[0]]).toEqual(STREAMS[name].channels[0].slice(0, 96));
  });

  it('refuses another number of channels or more bits than the header says', async () => {
    const more = (name: string, format: number) => {
      STREAMS['other'] = { ...STREAMS[name], format };
      return open('other');
    };
    await expect(more('linear prediction beyond 32 bits', 516)).rejects.toMatchObject({ code: 'bad-format' });
    STREAMS['other'] = { ...STREAMS['verbatim'], channels: [[0], [0]] };
    await expect(open('other')).rejects.toMatchObject({ code: 'bad-format' });
  });
});
