/**
 * A signal that fires on Ctrl-C, so that work stops between two slices and nothing half-written stays;
 * a second Ctrl-C ends the process at once.
 */
export function cancelOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
    process.once('SIGINT', () => process.exit(130));
  });
  return controller.signal;
}
