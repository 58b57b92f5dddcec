import { UNSURE_COLOUR } from './colours.js';
import { STRIP_STYLE } from './svg-strip.js';
import { TREND_STYLE } from './svg-trend.js';

/** The report's style sheet: for the screen, a phone, and A4 paper on its side, where strips keep their scale. */
export const PAGE_STYLE = `
:root{--ink:#14181c;--soft:#5f6b76;--line:#e1e5e9;--unsure:${UNSURE_COLOUR}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0;background:#fff;color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1060px;margin:0 auto;padding:28px 24px 56px}
header{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:flex-end;justify-content:space-between;border-bottom:2px solid var(--ink);padding-bottom:12px}
h1{font-size:28px;line-height:1.15;margin:0;letter-spacing:-.015em;overflow-wrap:anywhere}
.about{color:var(--soft);margin:4px 0 0}
.research{border:1px solid var(--ink);border-radius:3px;padding:2px 8px;font-size:12px;font-weight:600;letter-spacing:.02em;white-space:nowrap}
h2{font-size:17px;margin:40px 0 10px;letter-spacing:-.005em}
p{margin:0 0 10px;max-width:72ch}
a{color:inherit;text-decoration-color:#b8c0c8;text-underline-offset:3px}
a:hover{text-decoration-color:currentColor}
.soft{color:var(--soft)}
.unsure{color:var(--unsure)}
.headline{display:flex;flex-wrap:wrap;gap:4px 26px;margin:18px 0 0;max-width:none;font-size:16px}
.headline b{font-weight:600}
.swatch{display:inline-block;width:.72em;height:.72em;border-radius:2px;margin-right:.45em}
.facts{display:grid;grid-template-columns:repeat(7,1fr);margin:20px 0 0;row-gap:14px}
.fact{padding:0 12px;border-left:1px solid var(--line)}
.fact dt{font-size:12.5px;color:var(--soft)}
.fact dd{margin:0}
.fact .value{font-size:25px;line-height:1.2;font-weight:600;letter-spacing:-.01em}
.fact .note{font-size:12.5px;color:var(--soft);line-height:1.35}
.fact .note .unsure{color:var(--unsure)}
.warnings{background:#fff8e6;border-left:3px solid #d99a1c;padding:8px 14px;margin:18px 0 0;list-style:none}
.wide{overflow-x:auto}
.wide .trend{min-width:620px}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:right;padding:5px 10px;border-bottom:1px solid var(--line);white-space:nowrap}
th{font-weight:500;color:var(--soft);font-size:12.5px;vertical-align:bottom}
th:first-child,td:first-child{text-align:left;padding-left:0}
.episodes th:nth-child(2),.episodes td:nth-child(2){text-align:left}
tbody th{color:var(--ink);font-size:14px;font-weight:600}
.pair{display:grid;grid-template-columns:minmax(0,8fr) minmax(0,5fr);gap:8px 48px;align-items:start}
.trio{display:grid;grid-template-columns:repeat(3,1fr);gap:8px 48px;align-items:start}
table.narrow th,table.narrow td{padding-right:0}
.pair td:last-child,.pair th:last-child{padding-right:0}
.pair>div:first-child td:last-child{white-space:normal}
.axes{margin-top:12px}
td .soft{font-weight:400}
tr.sub td,tr.sub th{color:var(--soft);font-weight:400}
ol.events{margin:0;padding:0;list-style:none;columns:2;column-gap:40px}
ol.events li{display:flex;gap:12px;padding:3px 0;break-inside:avoid}
ol.events .when{color:var(--soft);min-width:66px}
figure{margin:0 0 30px;scroll-margin-top:12px}
figcaption{margin-bottom:2px}
figcaption b{font-weight:600}
figure:target figcaption b{background:#ffe9a8}
.paper{overflow-x:auto;-webkit-overflow-scrolling:touch}
.key{font-size:13px;color:var(--soft)}
div+.key{margin-top:8px}
details{margin-top:12px}
summary{cursor:pointer}
footer{margin-top:44px;border-top:1px solid var(--line);padding-top:14px;font-size:13px;color:var(--soft)}
footer p{max-width:90ch}
footer ul{margin:0 0 10px;padding-left:18px}
footer code{font-size:12px;overflow-wrap:anywhere}
@media (max-width:960px){.facts{grid-template-columns:repeat(4,1fr)}}
@media (max-width:640px){main{padding:18px 16px 40px}h1{font-size:23px}.facts{grid-template-columns:1fr 1fr}.fact .value{font-size:21px}ol.events{columns:1}.pair,.trio{grid-template-columns:1fr}h2{margin-top:30px}}
@page{size:A4 landscape;margin:12mm}
@media print{.strips{break-before:page}body{font-size:10.5pt}main{max-width:none;padding:0}figure{break-inside:avoid;margin-bottom:8mm}h2{break-after:avoid}tr{break-inside:avoid}.paper,.wide{overflow:visible}.facts{grid-template-columns:repeat(7,1fr)}a{text-decoration:none}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
${STRIP_STYLE}${TREND_STYLE}`;
