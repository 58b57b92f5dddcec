import { EcgError, escapeText } from '../../core/index.js';
import { BEAT_ZONES } from './beat-parts.js';

/** What is drawn of a beat's explanation. */
export interface BeatDrawing {
  /** Above the picture: the beat and the class explained. */
  readonly title: string;
  /** Below the title, in words; none when empty. */
  readonly sentence: string;
  readonly leads: readonly {
    readonly name: string;
    /** As the network reads it. */
    readonly signal: ArrayLike<number>;
    /** The sinus beat it is compared with, drawn thin; none when omitted. */
    readonly sinus?: ArrayLike<number>;
    /** One a sample: above 0 speaks for the class, below 0 against it. */
    readonly attribution: ArrayLike<number>;
  }[];
  /** Groups of features and how much each speaks for the class; no bars when empty. */
  readonly groups: Readonly<Record<string, number>>;
  /** Below the picture: how it was explained. */
  readonly method: string;
  /** Hz. */
  readonly fs: number;
  /** Sample of the R peak. */
  readonly peak: number;
}

const BEAT_WIDTH = 640;
const LEFT = 16;
const RIGHT = 190;
const HEAD = 84;
const ROW = 132;
const FOOT = 54;
const SHADES = 16;
/** Letters in a line of the sentence. */
const LINE = 105;
const INK = '#14181c';
const GREY = '#5f6b76';
/** Red speaks for the class, blue against it; both as dark at full strength. */
const FOR = [178, 24, 43];
const AGAINST = [33, 102, 172];

/** How the groups of the contract are called in the picture. */
const GROUP_NAMES: Readonly<Record<string, string>> = {
  ratios: 'RR ratios',
  statistics: 'rhythm figures',
  likeness: 'likeness to sinus',
};

/** Height of a picture of so many leads. */
const beatHeight = (leads: number): number => HEAD + leads * ROW + FOOT;

/**
 * A beat's explanation as an SVG picture: each lead over the sinus beat, coloured where it speaks for the class (red)
 * or against it (blue), and bars for what the rhythm and the likeness figures add.
 *
 * @throws EcgError `bad-shape` for an attribution of another length than its lead
 */
export function drawBeatAttribution(drawing: BeatDrawing): string {
  const { title, sentence, leads, fs, peak } = drawing;
  for (const { name, signal, attribution } of leads)
    if (signal.length < 2 || attribution.length !== signal.length)
      throw new EcgError(
        'bad-shape',
        `explain: ${attribution.length} attributions for ${signal.length} samples of ${name}, give one a sample`,
      );
  const height = beatHeight(leads.length);
  const length = leads[0].signal.length;
  const x = (sample: number) => LEFT + (sample / (length - 1)) * (BEAT_WIDTH - LEFT - RIGHT);
  // A sample that adds a tenth of the largest bar has the full colour, so that a signal that matters little stays pale.
  const strongest = Math.max(
    1e-12,
    ...leads.map(({ attribution }) => largest(attribution)),
    ...Object.values(drawing.groups).map((value) => Math.abs(value) / 10),
  );
  const bottom = HEAD + leads.length * ROW;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${BEAT_WIDTH}" height="${height}" viewBox="0 0 ${BEAT_WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="11" role="img">`,
    `<title>${escapeText(title)}</title>`,
    `<rect width="${BEAT_WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="${LEFT}" y="22" font-size="15" font-weight="600" fill="${INK}">${escapeText(title)}</text>`,
    ...wrap(sentence).map(
      (line, i) =>
        `<text x="${LEFT}" y="${40 + 15 * i}" font-size="12" fill="${INK}">${escapeText(line)}</text>`,
    ),
    ...leads.flatMap((lead, i) => drawLead(lead, HEAD + i * ROW, x, strongest)),
    ...drawZones(x, peak, fs, length, bottom),
    `<text x="${BEAT_WIDTH - 14}" y="${height - 8}" text-anchor="end" font-size="10" fill="${GREY}">${escapeText(drawing.method)}</text>`,
    ...drawBars(drawing, HEAD),
    '</svg>',
    '',
  ].join('\n');
}

function drawLead(
  { name, signal, sinus, attribution }: BeatDrawing['leads'][number],
  top: number,
  x: (sample: number) => number,
  strongest: number,
): string[] {
  const values = [...Array.from(signal), ...Array.from(sinus ?? [])];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const y = (value: number) => round(top + ROW - 14 - ((value - low) / (high - low || 1)) * (ROW - 34));
  const line = (curve: ArrayLike<number>) =>
    Array.from(curve, (value, i) => `${round(x(i))},${y(value)}`).join(' ');
  const shade = (i: number) => Math.round((attribution[i] / strongest) * SHADES);
  const parts: string[] = [];
  for (let from = 0; from < attribution.length; ) {
    let to = from + 1;
    while (to < attribution.length && shade(to) === shade(from)) to++;
    // A sample's colour reaches half-way to its neighbours.
    const left = x(Math.max(0, from - 0.5));
    const right = x(Math.min(attribution.length - 1, to - 0.5));
    if (shade(from) !== 0)
      parts.push(
        `<rect x="${round(left)}" y="${top + 4}" width="${round(right - left)}" height="${ROW - 12}" fill="${colourOf(shade(from) / SHADES)}"/>`,
      );
    from = to;
  }
  if (sinus !== undefined)
    parts.push(
      `<polyline points="${line(sinus)}" fill="none" stroke="${GREY}" stroke-width="1" stroke-dasharray="3 3"/>`,
    );
  parts.push(
    `<polyline points="${line(signal)}" fill="none" stroke="${INK}" stroke-width="1.7" stroke-linejoin="round"/>`,
    `<text x="${LEFT + 4}" y="${top + 18}" font-weight="600" fill="${INK}">${escapeText(name)}</text>`,
  );
  return parts;
}

/** The zones' names and borders, and the time from the R peak. */
function drawZones(
  x: (sample: number) => number,
  peak: number,
  fs: number,
  length: number,
  bottom: number,
): string[] {
  const clamp = (time: number) => Math.min(length - 1, Math.max(0, peak + time * fs));
  const parts = [`<path d="M${LEFT} ${bottom}H${BEAT_WIDTH - RIGHT}" stroke="${GREY}"/>`];
  for (const { name, from, to } of BEAT_ZONES) {
    const middle = (x(clamp(from)) + x(clamp(to))) / 2;
    if (Number.isFinite(from))
      parts.push(
        `<path d="M${round(x(clamp(from)))} ${HEAD}V${bottom}" stroke="${GREY}" stroke-width=".6" stroke-dasharray="1 3"/>`,
      );
    parts.push(
      `<text x="${round(middle)}" y="${HEAD - 6}" text-anchor="middle" fill="${GREY}">${name}</text>`,
    );
  }
  const last = (length - 1 - peak) / fs;
  for (let k = Math.ceil((-peak / fs) * 10); k / 10 <= last; k++) {
    const at = round(x(clamp(k / 10)));
    parts.push(
      `<path d="M${at} ${bottom}v4" stroke="${GREY}"/>`,
      `<text x="${at}" y="${bottom + 16}" text-anchor="middle" fill="${GREY}">${(k / 10).toFixed(1).replace('-', '−')}</text>`,
    );
  }
  parts.push(
    `<text x="${(LEFT + BEAT_WIDTH - RIGHT) / 2}" y="${bottom + 32}" text-anchor="middle" fill="${GREY}">s from the R peak; dashed: the sinus beat</text>`,
  );
  return parts;
}

/** What the signal as a whole and each group of features add, on one scale. */
function drawBars({ leads, groups }: BeatDrawing, top: number): string[] {
  const left = BEAT_WIDTH - RIGHT + 24;
  const middle = left + 75;
  const key = [
    `<rect x="${left}" y="${top - 14}" width="10" height="10" fill="${colourOf(1)}"/><text x="${left + 14}" y="${top - 5}" fill="${GREY}">for</text>`,
    `<rect x="${left + 44}" y="${top - 14}" width="10" height="10" fill="${colourOf(-1)}"/><text x="${left + 58}" y="${top - 5}" fill="${GREY}">against</text>`,
  ];
  if (Object.keys(groups).length === 0) return key;
  const bars: [string, number][] = [
    ...leads.map(({ name, attribution }): [string, number] => [
      name,
      Array.from(attribution).reduce((sum, value) => sum + value, 0),
    ]),
    ...Object.entries(groups).map(([name, value]): [string, number] => [GROUP_NAMES[name] ?? name, value]),
  ];
  const most = Math.max(1e-12, ...bars.map(([, value]) => Math.abs(value)));
  return [
    ...key,
    ...bars.flatMap(([name, value], i) => {
      const y = top + 14 + i * 30;
      const width = round((Math.abs(value) / most) * 70);
      return [
        `<text x="${left}" y="${y}" fill="${INK}">${escapeText(name)}</text>`,
        `<text x="${left + 150}" y="${y}" text-anchor="end" fill="${GREY}">${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}</text>`,
        `<rect x="${round(value < 0 ? middle - width : middle)}" y="${y + 4}" width="${width}" height="7" fill="${colourOf(Math.sign(value))}"/>`,
        `<path d="M${middle} ${y + 3}v9" stroke="${GREY}" stroke-width=".7"/>`,
      ];
    }),
  ];
}

/** A text in lines between words. */
function wrap(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== '' && last.length + word.length >= LINE) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

/** White at 0, red at 1, blue at −1. */
function colourOf(share: number): string {
  const strength = Math.min(1, Math.abs(share));
  const full = share >= 0 ? FOR : AGAINST;
  return `rgb(${full.map((part) => Math.round(255 + strength * (part - 255))).join(',')})`;
}

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const round = (pixels: number): number => Math.round(pixels * 100) / 100;
