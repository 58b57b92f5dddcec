import { escapeText } from '../../core/index.js';
import type { Estimate } from '../../evaluation/index.js';
import { drawClassF1 } from './class-chart.js';
import { drawConfusion } from './confusion-chart.js';
import { drawPrecisionRecall, drawRoc } from './curve-charts.js';
import { drawLearning } from './learning-chart.js';
import { countText, durationText, fractionText, intervalText } from './number-text.js';
import { drawReliability } from './reliability-chart.js';
import { classTable, exportTable } from './report-tables.js';
import type { ReportedNetwork } from './training-report-data.js';

/** One network: its headline figures, how it learned, what it confuses, its curves, classes and exports. */
export function networkSection(network: ReportedNetwork, number: number, leaky: boolean): string {
  const { name, test, validation, epochs, exports, parameters, seconds } = network;
  const badge = leaky ? ' <span class="leaky">Leaky</span>' : '';
  const drawn = test.bootstrap.by === 'patient' ? 'patients' : 'examples';
  const share = `${Number((test.bootstrap.level * 100).toFixed(2))} %`;
  const seeds = epochs.length > 1 ? `${epochs.length} seeds` : '';
  const positive = test.binary === null ? '' : ` · positive is ${test.binary.positive}`;
  const facts = [
    estimateFact('Macro-F1', test.macroF1),
    ...(test.binary === null
      ? [estimateFact('Weighted F1', test.weightedF1), estimateFact('Accuracy', test.accuracy)]
      : [
          estimateFact('AUROC', test.binary.auroc),
          estimateFact('Sensitivity', test.binary.sensitivity),
          estimateFact('Specificity', test.binary.specificity),
          estimateFact('Accuracy', test.accuracy),
        ]),
    ...(parameters === 0 ? [] : [fact('Parameters', countText(parameters), '')]),
    ...(seconds === 0 ? [] : [fact('Training', durationText(seconds), seeds)]),
  ];
  const charts = [
    epochs.length === 0 ? '' : figure('Learning', drawLearning(name, epochs)),
    figure('Confusion matrix', drawConfusion(name, test)),
    figure('ROC', drawRoc(name, test)),
    figure('Precision–recall', drawPrecisionRecall(name, test)),
    figure('Reliability', drawReliability(name, test)),
    figure('F1 by class', drawClassF1(name, test)),
  ];
  const validated =
    validation === null
      ? ''
      : ` On the validation examples: macro-F1 ${fractionText(validation.macroF1.value)}, accuracy ${fractionText(validation.accuracy.value)}.`;
  return `<section class="network" id="network-${number}"><h2>${escapeText(name)}${badge}</h2>
<p class="about">${escapeText(test.title + positive)}</p>
<dl class="facts">${facts.join('')}</dl>
<div class="charts">${charts.join('')}</div>
<h3>Classes</h3>${classTable(test)}
<p class="note">Each class against all others. ${share} intervals: ${countText(test.bootstrap.resamples)} resamples of ${drawn}, seed ${test.bootstrap.seed}. Macro-F1 is the mean over the classes that occur.${validated}</p>
${exports.length === 0 ? '' : `<h3>Exports</h3>${exportTable(exports)}`}
</section>`;
}

function estimateFact(name: string, figure: Estimate): string {
  return fact(name, fractionText(figure.value), intervalText(figure));
}

function fact(name: string, value: string, note: string): string {
  return `<div class="fact"><dt>${escapeText(name)}</dt><dd><div class="value">${value}</div><div class="interval">${escapeText(note)}</div></dd></div>`;
}

function figure(title: string, body: string): string {
  return `<figure><figcaption>${title}</figcaption>${body}</figure>`;
}
