import type { Command } from 'commander';
import { datasetsFolder, getDataset } from '../../formats/datasets/node.js';
import { DATASETS } from '../../formats/index.js';
import { cancelOnInterrupt } from '../cancel.js';
import { createProgressLine } from '../progress.js';

export function addData(program: Command): void {
  const data = program.command('data').description('public databases of recordings');
  data
    .command('list')
    .description('databases that can be fetched')
    .action(() => {
      for (const { id, title, licence } of DATASETS) {
        process.stdout.write(`${id.padEnd(10)} ${title} (${licence})\n`);
      }
      process.stdout.write(`\nThey are kept in ${datasetsFolder()} (ECTOPY_DATA sets another folder).\n`);
    });
  data
    .command('get')
    .description('fetch a database from its publisher, checked against its checksums; resumes')
    .argument('<id>', `one of ${DATASETS.map(({ id }) => id).join(', ')}`)
    .option('--from <folder>', 'import a local copy instead of downloading')
    .option('--into <folder>', 'the folder that holds all databases')
    .option('--records <names...>', 'only these records')
    .action(runGet);
}

interface Flags {
  readonly from?: string;
  readonly into?: string;
  readonly records?: string[];
}

async function runGet(id: string, { from, into, records }: Flags): Promise<void> {
  const line = createProgressLine(id);
  const report = await getDataset(id, {
    signal: cancelOnInterrupt(),
    onProgress: line.update,
    ...(from === undefined ? {} : { from }),
    ...(into === undefined ? {} : { into }),
    ...(records === undefined ? {} : { records }),
  }).finally(line.clear);
  const megabytes = (report.bytes / 1e6).toFixed(1);
  for (const warning of report.warnings) process.stderr.write(`warning: ${warning}\n`);
  process.stdout.write(
    [
      `${report.title}: ${countOf(report.records, 'record')}, ${countOf(report.files, 'file')} in ${report.folder}`,
      `  ${report.files - report.kept} new (${megabytes} MB), ${report.kept} were there already`,
      `  licence ${report.licence}; please cite: ${report.citation}`,
      '',
    ].join('\n'),
  );
}

const countOf = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
