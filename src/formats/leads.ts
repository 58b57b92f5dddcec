const LEAD =
  /^(lead\s*|ecg\s*|ekg\s*)?(i{1,3}|av[rlf]|v([1-9]r?|x)|ml(i{1,3}|[1-3])|mv[1-6]|cm[1-6]|cc5|cs[1-5]|d[1-3]|[xyz])$/i;
const WORD = /(^|[^a-z])(ecg|ekg|holter|electrocardiogram)/i;

/** Whether a signal's name is that of an ECG lead: `MLII`, `V1`, `ECG II`, `EKG1`, `aVR`, `Lead I`. */
export function isEcgLead(name: string): boolean {
  const plain = name.trim().replace(/^["']|["']$/g, '');
  return LEAD.test(plain) || WORD.test(plain);
}
