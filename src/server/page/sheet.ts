/** How the landing page looks: on a screen, on a phone, by day and by night. */
export const PAGE_SHEET = `
:root{color-scheme:light dark;--ink:#14181c;--soft:#5b6670;--line:#dde2e6;--ground:#fff;--raised:#f6f8f9;--accent:#b81f34;--on:#fff;--bad:#a4161a;--warn:#fff6df;--warn-ink:#5b4300}
@media (prefers-color-scheme:dark){:root{--ink:#e9edf0;--soft:#9aa6b0;--line:#2c343b;--ground:#12161a;--raised:#1a2026;--accent:#ff7d8c;--on:#2a060b;--bad:#ff8f93;--warn:#332b17;--warn-ink:#f0dca6}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums}
[hidden]{display:none!important}
header,main,footer{width:100%;max-width:1360px;margin:0 auto;padding:0 24px}
header{display:flex;align-items:center;justify-content:space-between;padding-top:16px;padding-bottom:16px}
.brand{display:flex;align-items:center;gap:10px;font-weight:650;font-size:19px;letter-spacing:-.01em;color:var(--ink);text-decoration:none}
.brand svg{width:44px;fill:none;stroke:var(--accent);stroke-width:2.4;stroke-linejoin:round;stroke-linecap:round}
.research{border:1px solid;border-radius:3px;padding:2px 8px;font-size:12px;font-weight:600;white-space:nowrap}
main{flex:1;outline:0}
footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 32px;margin-top:32px;padding-top:12px;padding-bottom:20px;border-top:1px solid var(--line);color:var(--soft);font-size:12.5px}
footer p{margin:0;max-width:80ch}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:var(--ground);padding:8px}
#desk{display:grid;grid-template-columns:minmax(300px,360px) minmax(0,1fr);gap:36px;align-items:start}
h1{font-size:19px;line-height:1.25;margin:0 0 6px;letter-spacing:-.01em}
h2{font-size:26px;line-height:1.2;margin:0;letter-spacing:-.015em;overflow-wrap:anywhere}
p{margin:0 0 10px}
a{color:inherit;text-underline-offset:3px}
code{font-size:.92em}
button,.button,input,select{font:inherit;color:inherit;border:1px solid var(--line);border-radius:6px;background:var(--ground);padding:7px 12px;min-height:38px}
button,.button{cursor:pointer;font-weight:550}
button:hover,.button:hover{border-color:var(--soft)}
.primary{background:var(--accent);border-color:var(--accent);color:var(--on)}
.primary input{position:absolute;width:1px;height:1px;opacity:0}
:focus-visible,.button:focus-within{outline:3px solid color-mix(in srgb,var(--accent) 45%,transparent);outline-offset:2px}
.row{display:flex;flex-wrap:wrap;gap:8px}
#door{max-width:460px;margin:12vh auto}
#door input{flex:1}
#drop{border:1.5px dashed var(--soft);border-radius:12px;padding:20px;background:var(--raised)}
#drop.over{border-color:var(--accent);border-style:solid}
#drop p{color:var(--soft);font-size:14px;margin-bottom:14px}
details{margin-top:14px;font-size:14px}
summary{cursor:pointer;color:var(--soft)}
.fields{display:grid;grid-template-columns:1fr 1fr;gap:10px;margin-top:10px}
.fields label{display:grid;gap:2px;font-size:12.5px;color:var(--soft)}
.fields input,.fields select{width:100%;color:var(--ink)}
.check{display:flex;gap:8px;align-items:center;margin-top:12px;font-size:14px}
.check input{min-height:0}
#work>div{border-left:3px solid var(--accent);padding:4px 0 4px 12px;margin-top:14px;overflow-wrap:anywhere}
#work>.bad{border-color:var(--bad)}
#work button{min-height:0;padding:2px 10px;margin-top:6px;font-size:13px}
#work small{display:block;color:var(--soft)}
.bad strong{color:var(--bad)}
progress{width:100%;height:6px;accent-color:var(--accent)}
.find{display:grid;gap:4px;margin-top:26px;font-weight:600}
.find input{font-weight:400;width:100%}
#list{list-style:none;margin:10px 0;padding:0}
#list a{display:block;padding:9px 12px;border-radius:8px;text-decoration:none;overflow-wrap:anywhere}
#list a:hover{background:var(--raised)}
#list a[aria-current]{background:var(--raised);box-shadow:inset 3px 0 var(--accent)}
#list b{font-weight:600;display:block}
small,.soft{color:var(--soft);font-size:13px}
#list .bad{color:var(--bad)}
.head{display:flex;flex-wrap:wrap;gap:8px 24px;justify-content:space-between;align-items:flex-end}
.links{display:flex;flex-wrap:wrap;gap:4px 16px;margin:14px 0 18px;font-size:14px;align-items:center}
.links button{margin-left:auto;min-height:0;padding:3px 10px;font-weight:400;font-size:13px}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(120px,1fr));gap:14px 0;margin:18px 0 0}
dl div{padding:0 12px;border-left:1px solid var(--line)}
dt{font-size:12.5px;color:var(--soft)}
dd{margin:0}
dd b{display:block;white-space:nowrap;font-size:24px;line-height:1.25;font-weight:600;letter-spacing:-.01em}
.warnings{background:var(--warn);color:var(--warn-ink);border-radius:8px;padding:10px 16px 10px 32px;margin:18px 0 0;font-size:14px}
iframe{width:100%;height:78vh;min-height:460px;border:1px solid var(--line);border-radius:10px;background:#fff;color-scheme:light}
.welcome{padding:8vh 8%;color:var(--soft);max-width:640px}
.welcome h2{color:var(--ink);margin-bottom:10px}
.welcome svg{width:100%;fill:none;stroke:var(--accent);stroke-width:1.6;stroke-linejoin:round;opacity:.85;margin-bottom:22px}
@media (max-width:860px){header,main,footer{padding-left:16px;padding-right:16px}#desk{grid-template-columns:minmax(0,1fr);gap:20px}.open #result{order:-1}.welcome{display:none}iframe{height:86vh}h2{font-size:22px}}
`;
