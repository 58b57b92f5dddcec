/** mm a second and mm a millivolt: the field's paper. */
export const PAPER = { mmPerS: 25, mmPerMv: 10 } as const;

/** Where the trace of one lead stands, in mm from the top of the strip's paper. */
export interface LeadRow {
  readonly top: number;
  readonly height: number;
  /** The lead's middle value, mV, and where it is drawn. */
  readonly zeroMv: number;
  readonly zero: number;
}

const LARGE_SQUARE = 5;
/** Room for the calibration pulse with the lead's name on it, and below. */
const LEAST_ABOVE_MM = 15;
const LEAST_BELOW_MM = 10;
const MOST_MM = 35;

/**
 * Rows for the leads of a strip: each around its median, high enough for 99.8 % of its samples, in whole
 * large squares, so that the baseline lies on a line of the grid.
 */
export function layOutLeads(leads: readonly Float32Array[]): LeadRow[] {
  let top = 0;
  return leads.map((samples) => {
    const sorted = samples.filter((x) => !Number.isNaN(x)).sort();
    const at = (share: number) =>
      sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    const zeroMv = at(0.5);
    const squares = (mv: number, least: number) => {
      const mm = Math.ceil((mv * PAPER.mmPerMv + 1) / LARGE_SQUARE) * LARGE_SQUARE;
      return Math.min(MOST_MM, Math.max(least, mm));
    };
    const above = squares(at(0.999) - zeroMv, LEAST_ABOVE_MM);
    const row = {
      top,
      height: above + squares(zeroMv - at(0.001), LEAST_BELOW_MM),
      zeroMv,
      zero: top + above,
    };
    top += row.height;
    return row;
  });
}

/**
 * The path of a trace, in hundredths of a millimetre, pen up over invalid samples.
 *
 * Where samples lie closer than `column` hundredths, each column shows its first, lowest, highest and last
 * sample, so that no peak is lost.
 *
 * @param x0  where sample 0 stands, hundredths of a mm
 */
export function tracePath(samples: Float32Array, fs: number, row: LeadRow, x0: number, column = 8): string {
  const step = (100 * PAPER.mmPerS) / fs;
  const y = (mv: number) => Math.round(100 * (row.zero - (mv - row.zeroMv) * PAPER.mmPerMv));
  let path = '';
  let penX = 0;
  let penY = 0;
  let down = false;
  const visit = (px: number, py: number) => {
    path += down ? `l${px - penX} ${py - penY}` : `M${px} ${py}`;
    down = true;
    penX = px;
    penY = py;
  };
  const group = Math.max(1, Math.floor(column / step));
  for (let from = 0; from < samples.length; from += group) {
    const to = Math.min(samples.length, from + group);
    let low = -1;
    let high = -1;
    for (let i = from; i < to; i++) {
      if (Number.isNaN(samples[i])) continue;
      if (low < 0 || samples[i] < samples[low]) low = i;
      if (high < 0 || samples[i] > samples[high]) high = i;
    }
    if (low < 0) {
      down = false;
      continue;
    }
    const order = [from, ...(low < high ? [low, high] : [high, low]), to - 1];
    for (let k = 0; k < order.length; k++) {
      const i = order[k];
      if ((k > 0 && i === order[k - 1]) || Number.isNaN(samples[i])) continue;
      visit(Math.round(x0 + i * step), y(samples[i]));
    }
  }
  return path;
}
