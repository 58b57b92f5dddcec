/** The shortest decimal that is the same 32-bit float again. */
export function shortestFloat(value: number): string {
  const short = String(value);
  if (short.length <= 8) return short;
  for (let digits = 6; digits <= 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return short;
}
