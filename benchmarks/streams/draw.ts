const WIDTH = 720;
const HEIGHT = 150;
const LEFT = 56;
const GAP = 44;

/** Delay of beats (median and 99th percentile of each 10 s) and memory of the server over time, as SVG. */
export function drawRun(
  delays: readonly { readonly at: number; readonly ms: number }[],
  memory: readonly { readonly s: number; readonly mb: number }[],
  seconds: number,
): string {
  const bins = new Map<number, number[]>();
  for (const { at, ms } of delays) {
    const bin = Math.floor(at / 10_000);
    bins.set(bin, [...(bins.get(bin) ?? []), ms]);
  }
  const quantiles = [...bins].sort(([a], [b]) => a - b);
  const line = (share: number) =>
    quantiles.map(([bin, list]) => {
      const sorted = [...list].sort((a, b) => a - b);
      return { s: bin * 10 + 5, value: sorted[Math.floor(share * (sorted.length - 1))] };
    });
  const p99 = line(0.99);
  const parts = [
    panel('from R peak to beat event, ms (p50, p99; bar 1500)', 24, seconds, 2000, [
      { points: line(0.5), colour: '#2a6fbb' },
      { points: p99, colour: '#b3382c' },
      {
        points: [
          { s: 0, value: 1500 },
          { s: seconds, value: 1500 },
        ],
        colour: '#999',
      },
    ]),
    panel(
      'memory of the server, MiB',
      24 + HEIGHT + GAP,
      seconds,
      1.25 * Math.max(1, ...memory.map(({ mb }) => mb)),
      [{ points: memory.map(({ s, mb }) => ({ s, value: mb })), colour: '#2b7a4b' }],
    ),
  ];
  const height = 2 * HEIGHT + GAP + 48;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH + LEFT + 16} ${height}" font-family="sans-serif" font-size="12">\n<rect width="100%" height="100%" fill="#fff"/>\n${parts.join('\n')}\n</svg>\n`;
}

function panel(
  title: string,
  top: number,
  seconds: number,
  highest: number,
  lines: readonly {
    readonly points: readonly { readonly s: number; readonly value: number }[];
    readonly colour: string;
  }[],
): string {
  const x = (s: number) => (LEFT + (s / seconds) * WIDTH).toFixed(1);
  const y = (value: number) => (top + HEIGHT - (Math.min(value, highest) / highest) * HEIGHT).toFixed(1);
  const ticks = [0, 0.5, 1].map(
    (share) =>
      `<text x="${LEFT - 6}" y="${y(share * highest)}" text-anchor="end" dy="4">${Math.round(share * highest)}</text><line x1="${LEFT}" x2="${LEFT + WIDTH}" y1="${y(share * highest)}" y2="${y(share * highest)}" stroke="#e3e3e3"/>`,
  );
  const drawn = lines.map(
    ({ points, colour }) =>
      `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${points.map(({ s, value }) => `${x(s)},${y(value)}`).join(' ')}"/>`,
  );
  const minutes = `<text x="${LEFT + WIDTH}" y="${top + HEIGHT + 16}" text-anchor="end">${(seconds / 60).toFixed(0)} min</text>`;
  return `<text x="${LEFT}" y="${top - 8}">${title}</text>${ticks.join('')}${drawn.join('')}${minutes}`;
}
