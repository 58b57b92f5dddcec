import { escapeText, RESEARCH_USE_ONLY } from '../../core/index.js';
import { networkSection } from './network-section.js';
import { REPORT_STYLE } from './report-style.js';
import { overviewTable } from './report-tables.js';
import type { TrainingReport } from './training-report-data.js';

/**
 * A training as one HTML page that needs nothing else: no script, no request, no font. What was trained on whom, the
 * figures with their intervals, then each network's learning, confusions, curves, calibration, classes and exports.
 *
 * All text is escaped, whatever a recipe or a class calls itself.
 */
export function writeTrainingReport(report: TrainingReport): string {
  const { title, split, leaky, networks, figures, notes, versions, config } = report;
  const name = escapeText(title);
  const warning = leaky
    ? '<p class="warning"><span class="leaky">Leaky</span>Patients stand in training and in the test set. The figures say how well known hearts are recognised, not what to expect of a new patient; they are for comparison with published figures of the same protocol.</p>'
    : '';
  const many = `${networks.length} ${networks.length === 1 ? 'network' : 'networks'}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Training: ${name}</title><style>${REPORT_STYLE}</style></head>
<body><main>
<header><div><h1>${name}</h1><p class="about">${many} · ${escapeText(split)}</p></div><span class="research">Research use only</span></header>
${warning}
${networks.length < 2 ? '' : `<section><h2>Networks</h2>${overviewTable(networks)}</section>`}
${notes.length === 0 ? '' : `<section><h2>Notes</h2><ul class="notes">${notes.map((n) => `<li>${escapeText(n)}</li>`).join('')}</ul></section>`}
${networks.map((network, i) => networkSection(network, i + 1, leaky)).join('\n')}
${figures.length === 0 ? '' : `<section><h2>Pictures</h2><div class="pictures">${figures.map(picture).join('')}</div></section>`}
<section><h2>Configuration</h2><details><summary>What decided this training</summary><pre>${escapeText(JSON.stringify(config, null, 2) ?? '')}</pre></details></section>
<footer><p><b>${escapeText(RESEARCH_USE_ONLY)}</b></p><p>${Object.entries(versions)
    .map(([what, version]) => `${escapeText(what)} ${escapeText(version)}`)
    .join(' · ')}</p></footer>
</main></body></html>
`;
}

/** As an image, in which a picture's own scripts never run. */
function picture({ title, svg }: TrainingReport['figures'][number]): string {
  const name = escapeText(title);
  const data = encodeURIComponent(svg.replace(/\p{Cs}/gu, ' '));
  return `<figure><figcaption>${name}</figcaption><img alt="${name}" src="data:image/svg+xml,${data}"></figure>`;
}
