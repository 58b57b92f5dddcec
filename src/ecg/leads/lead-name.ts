/** A lead's name without what files put around it: `Lead aVF`, `ECG AVF` and `avf` are `AVF`, `MDC_ECG_LEAD_II` is `II`. */
export function plainLeadName(name: string): string {
  return name
    .trim()
    .toUpperCase()
    .replace(/^(MDC[\s_]+)?(LEAD|ECG)[\s_]+(LEAD[\s_]+)?/, '')
    .trim();
}
