/**
 * Everything that must hold before a change lands, in the order in which it fails fastest.
 * Runs every step even after one failed, and exits 1 when any did.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

const VITEST_RESULT = '.cache/vitest.json';

const STEPS: readonly Step[] = [
  { name: 'build (tsc -b)', command: ['tsc', '-b'] },
  { name: 'style (biome)', command: ['biome', 'ci', '--error-on-warnings', '.'] },
  { name: 'dead code (knip)', command: ['knip'] },
  { name: 'package (publint)', command: ['publint', '--strict'] },
  {
    name: 'tests (vitest)',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_RESULT}`],
  },
];

/** What the JSON reporter counted; a missing file means that the runner died. */
function countTests(): { passed: number; failed: number; skipped: number } {
  const result = JSON.parse(readFileSync(VITEST_RESULT, 'utf8')) as Record<string, number>;
  return {
    passed: result['numPassedTests'] ?? 0,
    failed: (result['numFailedTests'] ?? 0) + (result['numFailedTestSuites'] ?? 0),
    skipped: (result['numPendingTests'] ?? 0) + (result['numTodoTests'] ?? 0),
  };
}

rmSync(VITEST_RESULT, { force: true });
const failures: string[] = [];
for (const { name, command } of STEPS) {
  console.log(`\n── ${name}`);
  const [program = '', ...args] = command;
  const { status } = spawnSync('npx', ['--no-install', program, ...args], { stdio: 'inherit' });
  if (status !== 0) failures.push(name);
}

const { passed, failed, skipped } = countTests();
if (process.env['CI'] && skipped > 0) {
  failures.push(`${skipped} tests skipped: the recordings they need are missing, and CI must run them`);
}
if (passed === 0) failures.push('no test ran');
for (const failure of failures) console.error(`FAILED: ${failure}`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failures.length > 0 ? 1 : 0;
