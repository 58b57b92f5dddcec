const LIGHT =
  '--paper:#fff;--ink:#14181c;--soft:#5b6670;--line:#e2e6ea;--axis:#9aa5af;--heat:#0072b2;--wrong:#c4500a;--on:#fff;--warn-ink:#7a2e00;--warn:#fff1e6;--warn-line:#d55e00;' +
  '--s0:#0072b2;--s1:#d55e00;--s2:#008f68;--s3:#b3568c;--s4:#14181c;--s5:#b98500;--s6:#3d9fdc';
const DARK =
  '--paper:#12161a;--ink:#e8ecf0;--soft:#9aa6b1;--line:#2a3138;--axis:#5d6873;--heat:#3f9fe0;--wrong:#e8823c;--on:#0b0e11;--warn-ink:#ffc9a3;--warn:#33200f;--warn-line:#e8823c;' +
  '--s0:#56b4e9;--s1:#f08a4b;--s2:#35c29a;--s3:#dd8fbd;--s4:#e8ecf0;--s5:#e6c53c;--s6:#a9c7ff';

/** The style sheet: screen in light and dark, a phone, and A4 paper. Series colours after Okabe & Ito. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1060px;margin:0 auto;padding:28px 24px 56px}
header{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:flex-end;justify-content:space-between;border-bottom:2px solid var(--ink);padding-bottom:12px}
h1{font-size:28px;line-height:1.15;margin:0;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:21px;margin:52px 0 4px;letter-spacing:-.01em;overflow-wrap:anywhere}
h3{font-size:15px;margin:30px 0 6px}
p{margin:0 0 10px;max-width:76ch}
a{color:inherit;text-decoration-color:var(--axis);text-underline-offset:3px}
a:hover{text-decoration-color:currentColor}
.about{color:var(--soft);margin:4px 0 0;max-width:none;overflow-wrap:anywhere}
.research{border:1px solid var(--ink);border-radius:3px;padding:2px 8px;font-size:12px;font-weight:600;letter-spacing:.02em;white-space:nowrap}
.leaky{display:inline-block;background:var(--warn-line);color:var(--on);border-radius:3px;padding:1px 8px;font-size:12px;line-height:18px;font-weight:700;letter-spacing:.06em;text-transform:uppercase;vertical-align:.2em}
.warning{background:var(--warn);color:var(--warn-ink);border-left:4px solid var(--warn-line);padding:12px 16px;margin:18px 0 0;max-width:none}
.warning .leaky{margin-right:8px;vertical-align:0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(136px,1fr));margin:20px 0 8px;gap:14px 0}
.fact{padding:0 12px;border-left:1px solid var(--line)}
.fact dt{font-size:12.5px;color:var(--soft);overflow-wrap:anywhere}
.fact dd{margin:0}
.value{font-size:25px;line-height:1.2;font-weight:600;letter-spacing:-.01em;white-space:nowrap}
.interval{display:block;font-size:12px;line-height:1.3;color:var(--soft);font-weight:400;white-space:nowrap}
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:26px 40px;margin:26px 0 0}
figure{margin:0;break-inside:avoid}
figcaption{font-weight:600;margin-bottom:6px}
.chart{display:block;width:100%;max-width:480px;height:auto;overflow:visible}
.chart text{font-size:12px;fill:var(--soft)}
.chart .label{font-size:13px;font-weight:600;fill:var(--ink)}
.grid,.tick,.axis{fill:none;stroke:var(--line);stroke-width:1}
.axis,.tick{stroke:var(--axis)}
.inset{fill:var(--paper);stroke:var(--line)}
.chance{fill:none;stroke:var(--axis);stroke-dasharray:3 4}
.line{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
.line.ink{stroke:var(--soft)}
.line.dashed{stroke-dasharray:5 4}
${[0, 1, 2, 3, 4, 5, 6].map((i) => `.line.s${i}{stroke:var(--s${i})}`).join('')}
.dot.s0{fill:var(--s0);stroke:var(--paper);stroke-width:1.2}
.gap{fill:none;stroke:var(--s1);stroke-width:2;opacity:.7}
.bar{fill:var(--s0);opacity:.45}
.cell .under{fill:none;stroke:var(--line)}
.cell .right{fill:var(--heat)}
.cell .wrong{fill:var(--wrong)}
.chart .cell text{fill:var(--ink)}
.chart .cell .count{font-size:13px;font-weight:600}
.chart .cell .share{font-size:11px}
.chart .cell.on text{fill:var(--on)}
.chart .cell.none text{fill:var(--axis);font-weight:400}
.key{display:flex;flex-wrap:wrap;gap:2px 18px;margin:8px 0 0;padding:0 0 0 8px;list-style:none;font-size:13px;color:var(--soft);max-width:480px}
.key b{color:var(--ink);font-weight:600}
.swatch{width:18px;height:8px;margin-right:6px;overflow:visible}
.whisker{display:block;width:140px;height:16px}
.range{stroke:var(--s0);stroke-width:3;opacity:.45;stroke-linecap:round}
.scale{display:flex;justify-content:space-between;width:140px;padding:0 2px}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:right;padding:6px 12px;border-bottom:1px solid var(--line);white-space:nowrap;vertical-align:top}
thead th{font-weight:500;color:var(--soft);font-size:12.5px;vertical-align:bottom;border-bottom-color:var(--axis)}
tbody th{font-weight:600}
th:first-child{text-align:left;padding-left:0}
td:last-child,th:last-child{padding-right:0}
.note{color:var(--soft);font-size:13px;margin-top:8px;max-width:none}
.notes{margin:8px 0 0;padding-left:20px;max-width:80ch}
.pictures{display:grid;gap:26px;margin-top:16px}
.pictures img{display:block;max-width:100%;height:auto;background:#fff;border-radius:4px}
details{margin-top:14px}
summary{cursor:pointer}
pre{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:color-mix(in srgb,var(--line) 40%,transparent);padding:14px 16px;border-radius:4px;overflow-x:auto;margin:10px 0 0}
footer{margin-top:48px;border-top:1px solid var(--line);padding-top:14px;font-size:13px;color:var(--soft)}
footer p{max-width:90ch}
@media (max-width:760px){.charts{grid-template-columns:minmax(0,1fr)}}
@media (max-width:640px){main{padding:18px 16px 40px}h1{font-size:23px}h2{margin-top:40px}.value{font-size:21px}.facts{grid-template-columns:1fr 1fr}}
@page{size:A4;margin:12mm}
@media print{:root{color-scheme:light;${LIGHT}}body{font-size:10pt}main{max-width:none;padding:0}.charts{gap:18px 24px;grid-template-columns:repeat(2,minmax(0,1fr))}.wide{overflow:visible}table{font-size:9pt}th,td{padding:4px 6px}h2,h3,figcaption{break-after:avoid}tr{break-inside:avoid}.network{break-before:page}a{text-decoration:none}pre{white-space:pre-wrap}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;
