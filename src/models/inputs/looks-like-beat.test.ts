import { readdir, readFile } from 'node:fs/promises';
import { encode } from 'jpeg-js';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeWithShared, sharedDir } from '../../../tests/shared-data.js';
import { createRandom, type Picture, type Random } from '../../core/index.js';
import { readPicture } from '../../formats/index.js';
import { openFile } from '../../formats/node.js';
import { BEAT_PICTURE, drawBeat } from './beat-picture.js';
import { whyNotABeat } from './looks-like-beat.js';
import { pictureInput } from './picture-input.js';

const judge = (picture: Picture) => whyNotABeat(pictureInput(picture));

/** A picture of 192 × 128 by a rule. */
function painted(of: (x: number, y: number) => number): Picture {
  const [width, height] = [192, 128];
  return {
    width,
    height,
    grey: Uint8Array.from({ length: width * height }, (_, i) => of(i % width, Math.floor(i / width))),
  };
}

describe('what is no picture of a beat', () => {
  const random = createRandom(5);
  const blobs = Array.from({ length: 12 }, () => [
    random.next() * 192,
    random.next() * 128,
    8 + 30 * random.next(),
  ]);
  /** Letters and words: short strokes in rows. */
  const words = new Set<number>();
  for (let line = 12; line < 120; line += 14) {
    for (let x = 8; x < 180; x += 6) {
      if (random.next() < 0.2) continue;
      for (let k = 0; k < 7; k++) words.add((line + (random.next() < 0.5 ? k : 3)) * 192 + x + (k % 4));
    }
  }
  const cases: Record<string, Picture> = {
    'an empty one': painted(() => 255),
    noise: painted(() => random.integer(256)),
    'a gradient': painted((x) => x),
    'a photograph of blurred things': painted((x, y) =>
      Math.min(
        255,
        blobs.reduce(
          (sum, [bx, by, r]) => sum + 200 * Math.exp(-((x - bx) ** 2 + (y - by) ** 2) / r ** 2),
          20,
        ),
      ),
    ),
    'a page of text': painted((x, y) => (words.has(y * 192 + x) ? 0 : 255)),
    'a grid': painted((x, y) => (x % 12 === 0 || y % 12 === 0 ? 0 : 255)),
    'a disc': painted((x, y) => ((x - 96) ** 2 + (y - 64) ** 2 < 40 ** 2 ? 0 : 255)),
    'a ring': painted((x, y) => (Math.abs(Math.hypot(x - 96, y - 64) - 45) < 1 ? 0 : 255)),
    'two curves': painted((x, y) =>
      Math.abs(y - 40 - 10 * Math.sin(x / 9)) < 1 || Math.abs(y - 90) < 1 ? 0 : 255,
    ),
    'a flat line': painted((_, y) => (y === 52 ? 0 : 255)),
    'scattered points': painted((x, y) => ((x * 7919 + y * 104729) % 97 === 0 ? 0 : 255)),
    'a curve over the whole width': painted((x, y) =>
      Math.abs(y - 64 - 30 * Math.sin(x / 9)) < 3 ? 0 : 255,
    ),
  };
  it.each(Object.entries(cases))('%s', (_, picture) => {
    expect(judge(picture)).toBeTypeOf('string');
  });
});

describeWithShared('redrawn beats of mitdb', () => {
  const leads: { readonly samples: Float32Array; readonly beats: readonly number[] }[] = [];
  beforeAll(async () => {
    for (const name of ['100', '111', '118', '119', '207', '232']) {
      const reader = await openFile(`${sharedDir}/data/mitdb/${name}`);
      const { signals } = await reader.read({ signals: [0] });
      const beats = reader.info.annotations.filter(({ symbol }) => 'NLRAVE!'.includes(symbol));
      leads.push({ samples: signals[0].samples, beats: beats.map(({ sample }) => sample) });
      await reader.close();
    }
  }, 30_000);

  /** A random beat in a random size, line, ground and compression. */
  function inSomeStyle(random: Random): Picture {
    const { samples, beats } = leads[random.integer(leads.length)];
    const scale = (64 / 192) * (400 / 64) ** random.next();
    const { left, right, zeroLine, pixelsPerMv } = BEAT_PICTURE;
    const { width, height, grey } = drawBeat(samples, 360, beats[random.integer(beats.length)], {
      ...BEAT_PICTURE,
      width: Math.round(192 * scale),
      height: Math.round(128 * scale),
      left: left * scale,
      right: right * scale,
      zeroLine: zeroLine * scale,
      pixelsPerMv: pixelsPerMv * scale,
      stroke: Math.max(0.6, scale * (0.6 + 2 * random.next())),
    });
    const style = random.integer(4);
    if (style === 0) return { width, height, grey };
    if (style === 1) return { width, height, grey: grey.map((value) => 255 - value) };
    if (style === 2)
      return { width, height, grey: grey.map((value) => 120 + 0.4 * value + 3 * random.normal()) };
    const data = Uint8Array.from({ length: 4 * grey.length }, (_, i) => {
      const value = grey[i >> 2];
      return [value, 0.9 * value, 40 + 0.8 * value, 255][i % 4];
    });
    return readPicture(new Uint8Array(encode({ width, height, data }, 30 + random.integer(65)).data));
  }

  it('are taken for beats, 99.5 % of them, whatever the style', () => {
    const random = createRandom(11);
    const refused = Array.from({ length: 200 }, () => judge(inSomeStyle(random))).filter(
      (why) => why !== undefined,
    );
    expect(refused.length).toBeLessThanOrEqual(1);
  }, 30_000);

  it('scans of whole electrocardiograms are not', async () => {
    const folder = `${sharedDir}/data/paper-ecg`;
    const files = (await readdir(folder)).filter((file) => /^ecg000[123].*\.(png|jpg)$/.test(file));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const picture = readPicture(new Uint8Array(await readFile(`${folder}/${file}`)));
      expect(judge(picture), file).toBeTypeOf('string');
    }
  }, 30_000);
});
