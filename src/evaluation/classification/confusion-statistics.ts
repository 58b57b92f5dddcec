/** What the reference says by what the prediction says, in the order of the classes. */
interface Confusion {
  /** Rows: reference; columns: prediction. */
  readonly confusion: readonly ArrayLike<number>[];
  /** Of each class in the reference, those that were not found; none when omitted. */
  readonly missed?: ArrayLike<number>;
  /** Called each class where the reference has nothing; none when omitted. */
  readonly extra?: ArrayLike<number>;
}

/** One class against all others; fractions, NaN where undefined. */
interface OneAgainstOthers {
  /** Of the class in the reference. */
  readonly support: number;
  readonly sensitivity: number;
  readonly positivePredictivity: number;
  /** Of those of other classes, the share not called this one. */
  readonly specificity: number;
  /** 2TP / (2TP + FP + FN); NaN for a class that neither occurs nor is predicted. */
  readonly f1: number;
}

/** How well the classes are told; fractions, NaN where undefined. */
export interface ConfusionStatistics {
  readonly classes: readonly OneAgainstOthers[];
  /** Mean F1 of the classes that occur in the reference; a class only ever predicted costs the others, not this mean. */
  readonly macroF1: number;
  /** Mean F1 weighted by support. */
  readonly weightedF1: number;
  readonly accuracy: number;
}

/** The statistics of a confusion matrix of any number of classes. */
export function confusionStatistics({ confusion, missed, extra }: Confusion): ConfusionStatistics {
  const k = confusion.length;
  const support = Array.from({ length: k }, (_, c) => (missed?.[c] ?? 0) + rowSum(confusion[c]!));
  const called = Array.from({ length: k }, (_, c) => (extra?.[c] ?? 0) + columnSum(confusion, c));
  const total = rowSum(support);
  const classes = support.map((own, c): OneAgainstOthers => {
    const right = confusion[c]![c]!;
    // What was found nowhere in the reference is not among the others, so extras are taken out again.
    const wronglyCalled = called[c]! - right - (extra?.[c] ?? 0);
    return {
      support: own,
      sensitivity: own === 0 ? NaN : right / own,
      positivePredictivity: called[c] === 0 ? NaN : right / called[c]!,
      specificity: total === own ? NaN : 1 - wronglyCalled / (total - own),
      f1: own + called[c]! === 0 ? NaN : (2 * right) / (own + called[c]!),
    };
  });
  let right = 0;
  let weighted = 0;
  let macro = 0;
  let present = 0;
  for (let c = 0; c < k; c++) {
    right += confusion[c]![c]!;
    if (support[c] === 0) continue;
    weighted += classes[c]!.f1 * support[c]!;
    macro += classes[c]!.f1;
    present++;
  }
  return { classes, macroF1: macro / present, weightedF1: weighted / total, accuracy: right / total };
}

function rowSum(row: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i]!;
  return sum;
}

function columnSum(rows: readonly ArrayLike<number>[], column: number): number {
  let sum = 0;
  for (const row of rows) sum += row[column]!;
  return sum;
}
