/** ms between two samples of an average beat. */
export const BEAT_STEP = 4;
/** Its first and last sample, ms from the R peak. */
export const BEAT_FROM = -340;
const BEAT_TO = 480;
/** Samples of an average beat. */
export const BEAT_SIZE = (BEAT_TO - BEAT_FROM) / BEAT_STEP + 1;
/** Beats a median is taken over, evenly from all. */
const MOST = 40;
/** Beats under which there is none. */
const FEWEST = 3;

/**
 * The median beat of each lead around its R peak, every 4 ms from 340 ms before to 480 ms after it, each beat less its
 * own mean.
 *
 * @param leads  mV, NaN where invalid; of one length
 * @param beats  R peaks, samples, ascending
 * @returns      mV, one a lead; null where fewer than three beats are whole in it
 */
export function averageBeats(
  leads: readonly Float32Array[],
  beats: ArrayLike<number>,
  fs: number,
): (Float32Array | null)[] {
  return leads.map((lead) => averageBeat(lead, beats, fs));
}

function averageBeat(lead: Float32Array, beats: ArrayLike<number>, fs: number): Float32Array | null {
  const rows: Float32Array[] = [];
  const every = Math.max(1, beats.length / MOST);
  for (let k = 0; Math.floor(k) < beats.length; k += every) {
    const row = beatOf(lead, beats[Math.floor(k)], fs);
    if (row !== null) rows.push(row);
  }
  if (rows.length < FEWEST) return null;
  const column = new Float32Array(rows.length);
  const half = rows.length >> 1;
  return Float32Array.from({ length: BEAT_SIZE }, (_, k) => {
    rows.forEach((row, j) => {
      column[j] = row[k];
    });
    column.sort();
    return rows.length % 2 === 1 ? column[half] : (column[half - 1] + column[half]) / 2;
  });
}

/** One beat on the grid, linear between samples, less its mean; null where a sample is missing. */
function beatOf(lead: Float32Array, peak: number, fs: number): Float32Array | null {
  const row = new Float32Array(BEAT_SIZE);
  let sum = 0;
  for (let k = 0; k < BEAT_SIZE; k++) {
    const position = peak + ((BEAT_FROM + k * BEAT_STEP) / 1000) * fs;
    const before = Math.floor(position);
    const part = position - before;
    row[k] = (1 - part) * lead[before] + part * (lead[before + 1] ?? Number.NaN);
    sum += row[k];
  }
  if (!Number.isFinite(sum)) return null;
  for (let k = 0; k < BEAT_SIZE; k++) row[k] -= sum / BEAT_SIZE;
  return row;
}
