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

/** The part of the JSON reporter's file that is read here. */
interface VitestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly ancestorTitles: readonly string[];
      readonly title: string;
    }[];
  }[];
}

/** What the JSON reporter counted; a missing file means that the runner died. */
function countTests() {
  const result = JSON.parse(readFileSync(VITEST_RESULT, 'utf8')) as VitestResult;
  // A group says in its title what it misses: a database, a queue, a recording.
  const groups = result.testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo')
      .map(({ ancestorTitles, title }) => ancestorTitles[0] ?? title),
  );
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numFailedTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
    skippedGroups: [...new Set(groups)],
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

const { passed, failed, skipped, skippedGroups } = countTests();
if (process.env['CI'] && skipped > 0) {
  failures.push(`${skipped} tests skipped: what they need is missing, and CI must run them`);
}
if (passed === 0) failures.push('no test ran');
for (const failure of failures) console.error(`FAILED: ${failure}`);
for (const group of skippedGroups) console.log(`skipped: ${group}`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failures.length > 0 ? 1 : 0;
