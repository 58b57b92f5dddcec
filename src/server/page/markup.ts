import { RESEARCH_USE_ONLY, VERSION } from '../../core/index.js';

/** The landing page; what it does is in the script, so that nothing in it needs to be trusted. */
export const PAGE_MARKUP = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Ectopy</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath d='M2 18h8l3-12 5 22 4-15 2 5h6' fill='none' stroke='%23d1293d' stroke-width='3' stroke-linejoin='round' stroke-linecap='round'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
</head>
<body>
<a class="skip" href="#main">To the recordings</a>
<header>
  <a class="brand" href="#" aria-label="Ectopy, start">
    <svg viewBox="0 0 64 32" aria-hidden="true"><path d="M2 18h14l4-3 4 3h4l3-14 5 26 4-15 3 3h4l5-5 5 5h5"/></svg>Ectopy</a>
  <span class="research">Research use only</span>
</header>
<main id="main" tabindex="-1">
  <form id="door" hidden>
    <h1>This server asks who you are</h1>
    <p>Paste an access key; an administrator makes one by <code>ectopy keys create</code>.</p>
    <div class="row"><input id="key" type="password" autocomplete="off" required aria-label="Access key"><button class="primary">Come in</button></div>
  </form>
  <div id="desk" hidden>
    <section class="side" aria-label="Recordings">
      <div id="drop">
        <h1>Put in a recording</h1>
        <p>Drop its files here. WFDB (<code>.hea</code> with its <code>.dat</code> and <code>.atr</code>), EDF, BDF, CSV, JSON or FHIR; a day or more is fine.</p>
        <div class="row">
          <label class="primary button">Choose files<input id="files" type="file" multiple></label>
          <button id="sample" type="button">Try a sample</button>
        </div>
        <details>
          <summary>A table that does not say everything</summary>
          <div class="fields">
            <label>Samples a second<input name="fs" inputmode="decimal" placeholder="360"></label>
            <label>Unit<select name="unit"><option value="">as in the file</option><option>mV</option><option>uV</option><option>V</option><option value="adc">ADC units</option></select></label>
            <label>ADC units a mV<input name="gain" inputmode="decimal" placeholder="200"></label>
            <label>Columns<input name="columns" placeholder="MLII,V1"></label>
          </div>
        </details>
        <label class="check"><input id="pseudonymise" type="checkbox"> Remove names and dates</label>
      </div>
      <div id="work" role="status" aria-live="polite"></div>
      <label class="find">Recordings<input id="search" type="search" placeholder="Search by name" autocomplete="off"></label>
      <ul id="list"></ul>
      <button id="more" type="button" hidden>Show more</button>
    </section>
    <section id="result" aria-live="polite" aria-label="Result"></section>
  </div>
  <noscript><p>This page needs JavaScript. Everything it does can be done without it: see <a href="/openapi.json">the interface</a>.</p></noscript>
</main>
<footer><p>${RESEARCH_USE_ONLY}</p><p>Ectopy ${VERSION} · <a href="/openapi.json">Interface</a> · Everything stays on this server.</p></footer>
</body>
</html>
`;
