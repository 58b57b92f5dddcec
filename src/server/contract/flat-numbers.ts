import * as v from 'valibot';

/** No number of a signal is larger; JSON's 1e999 is, and so is what single precision cannot hold. */
const LARGEST = 1e9;

/**
 * A list of finite numbers, checked in one loop: what each of 500 numbers costs is paid 1,500 times a second. Documented
 * as the list of numbers it is, and told by its place what is wrong.
 */
export function flatNumbers(least: number, most: number) {
  type Run = (typeof schema)['~run'];
  const schema = v.pipe(
    v.array(v.pipe(v.number(), v.minValue(-LARGEST), v.maxValue(LARGEST))),
    v.minLength(least),
    v.maxLength(most),
  );
  return {
    ...schema,
    '~run': (dataset: Parameters<Run>[0], config: Parameters<Run>[1]): ReturnType<Run> => {
      const { value } = dataset;
      if (!Array.isArray(value) || value.length < least || value.length > most || !allNumbers(value))
        return schema['~run'](dataset, config);
      return { typed: true, value: value as number[] };
    },
  };
}

function allNumbers(values: readonly unknown[]): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(typeof value === 'number' && value >= -LARGEST && value <= LARGEST)) return false;
  }
  return true;
}

/** Any list, documented as one; who reads its items checks them. */
export function anyList() {
  type Run = (typeof schema)['~run'];
  const schema = v.array(v.unknown());
  return {
    ...schema,
    '~run': (dataset: Parameters<Run>[0], config: Parameters<Run>[1]): ReturnType<Run> =>
      Array.isArray(dataset.value)
        ? { typed: true, value: dataset.value as unknown[] }
        : schema['~run'](dataset, config),
  };
}
