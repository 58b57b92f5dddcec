/** What the landing page does. Names and messages from files only ever become text, never markup. */
export const PAGE_SCRIPT = String.raw`
const $ = (id) => document.getElementById(id);
const MiB = 2 ** 20, RESUMABLE = 24 * MiB, PART = 8 * MiB;
const tus = { 'tus-resumable': '1.0.0' };
let cursor = null, shown = '', watching = 0, mayDelete = false;

/** An element with its content: strings become text. */
function el(tag, props, ...children) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}
const link = (href, text, props) => el('a', { href, ...props }, text);

/** What the server says, or its own sentence on what is wrong. */
async function ask(path, options) {
  let answer;
  try { answer = await fetch(path, options); } catch { throw new Error('The server does not answer. Is it still running?'); }
  if (answer.status === 401) { door(); throw new Error('Show who you are first.'); }
  if (answer.status === 204) return null;
  const body = (answer.headers.get('content-type') ?? '').includes('json') ? await answer.json() : await answer.text();
  if (answer.ok) return body;
  throw Object.assign(new Error(sentence(body.detail ?? 'The server answered ' + answer.status + '.')), { wait: answer.headers.get('retry-after'), status: answer.status });
}
/** A fault as a sentence: where it happened is for programs. */
const sentence = (detail) => { const text = detail.replace(/^[\w-]+: /, ''); return (/^[a-z]+[ ,:]/.test(text) ? text[0].toUpperCase() : text[0]) + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.'); };
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const send = (body) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

function door() { $('desk').hidden = true; $('door').hidden = false; $('key').focus(); }
$('door').onsubmit = async (event) => {
  event.preventDefault();
  try { await ask('/v1/session', send({ token: $('key').value.trim() })); $('key').value = ''; await start(); }
  catch (fault) { $('key').setCustomValidity(fault.message); $('key').reportValidity(); $('key').setCustomValidity(''); }
};

/** Files that belong together: a record's, or each by itself. */
function groups(files) {
  const stem = (file) => file.name.replace(/(?<=.)\.[^.]*$/, '');
  const wfdb = files.filter(({ name }) => /\.(hea|dat|atr|qrs|ecg|xws)$/i.test(name));
  const by = new Map();
  for (const file of files) by.set(stem(file), [...(by.get(stem(file)) ?? []), file]);
  const whole = [...by.values()].every((group) => !group.some(({ name }) => /\.dat$/i.test(name)) || group.some(({ name }) => /\.hea$/i.test(name)));
  const alone = [...by.values()].every((group) => !group.some(({ name }) => /\.hea$/i.test(name)) || group.length > 1);
  if (wfdb.length === 0 || (whole && alone)) return [...by.values()];
  return [wfdb, ...files.filter((file) => !wfdb.includes(file)).map((file) => [file])];
}

function query() {
  const params = new URLSearchParams();
  for (const field of document.querySelectorAll('.fields [name]')) if (field.value.trim() !== '') params.set(field.name, field.value.trim());
  if ($('pseudonymise').checked) params.set('pseudonymise', 'true');
  return params.size > 0 ? '?' + params : '';
}

function card(title) {
  const bar = el('progress', { max: 1 }), note = el('small', {}), box = el('div', {}, el('strong', {}, title), bar, note);
  $('work').prepend(box);
  return {
    show(text, share) { note.textContent = text; if (share === undefined) bar.removeAttribute('value'); else bar.value = share; },
    fail(text) { box.className = 'bad'; bar.remove(); note.textContent = text; box.append(el('button', { type: 'button', onclick: () => box.remove() }, 'Dismiss')); },
    end() { box.remove(); },
  };
}

/** Small ones in one go, with progress. */
function upload(files, told) {
  const form = new FormData();
  for (const file of files) form.append('file', file, file.name);
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/v1/recordings' + query());
    request.setRequestHeader('idempotency-key', [...crypto.getRandomValues(new Uint8Array(16))].join('-'));
    request.upload.onprogress = ({ loaded, total }) => told.show('Sending', loaded / total);
    request.onerror = () => fail(new Error('The connection broke. Try again.'));
    request.onload = () => {
      let body = {};
      try { body = JSON.parse(request.responseText); } catch {}
      if (request.status < 300) done(body);
      else fail(new Error(sentence(body.detail ?? 'The server answered ' + request.status + '.')));
    };
    request.send(form);
  });
}
/** Large ones in parts, which go on where they were after a lost connection. */
async function uploadParts(files, told) {
  const total = files.reduce((sum, { size }) => sum + size, 0), ids = [];
  let before = 0;
  for (const file of files) {
    const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
    const begun = await fetch('/v1/uploads', { method: 'POST', headers: { ...tus, 'upload-length': file.size, 'upload-metadata': 'filename ' + name } });
    if (!begun.ok) throw new Error(begun.status === 413 ? file.name + ' is larger than this server accepts.' : 'The server did not accept ' + file.name + ' (' + begun.status + ').');
    const path = begun.headers.get('location');
    for (let at = 0, tries = 0; at < file.size; ) {
      told.show('Sending', (before + at) / total);
      const sent = await fetch(path, { method: 'PATCH', headers: { ...tus, 'upload-offset': at, 'content-type': 'application/offset+octet-stream' }, body: file.slice(at, at + PART) }).catch(() => null);
      if (sent?.ok) { at = Number(sent.headers.get('upload-offset')); tries = 0; continue; }
      if (++tries > 8) throw new Error('The connection keeps breaking. Try again later.');
      told.show('The connection broke; going on in a moment', (before + at) / total);
      await pause(500 * 2 ** tries);
      const head = await fetch(path, { method: 'HEAD', headers: tus }).catch(() => null);
      if (head?.ok) at = Number(head.headers.get('upload-offset'));
    }
    before += file.size;
    ids.push(path.split('/').pop());
  }
  return ask('/v1/recordings' + query(), send({ uploads: ids }));
}

const STAGES = { read: 'Reading', detect: 'Finding beats', classify: 'Classifying beats', survey: 'Looking at the signal' };
async function add(files) {
  const told = card(files.length === 1 ? files[0].name : files[0].name + ' and ' + (files.length - 1) + ' more');
  try {
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const { id } = await (size > RESUMABLE ? uploadParts : upload)(files, told);
    list();
    for (;;) {
      const recording = await ask('/v1/recordings/' + id), { job } = recording;
      if (recording.status === 'failed') throw new Error(sentence(recording.error.message));
      if (job?.status === 'failed' || job?.status === 'cancelled') throw new Error(sentence(job.error?.message ?? 'It was cancelled.'));
      if (recording.analysis || (job?.kind === 'analyze' && job.status === 'done')) break;
      told.show(job?.status === 'queued' ? 'Waiting for its turn' : STAGES[job?.stage] ?? (job?.kind === 'import' ? 'Reading' : 'Analysing'), job?.status === 'running' ? job.progress : undefined);
      await pause(500);
    }
    told.end();
    await list();
    if (location.hash === '#' + id) route(); else location.hash = id;
  } catch (fault) { told.fail(fault.message); list(); }
}
const take = (files) => { for (const group of groups([...files])) add(group); };

$('files').onchange = ({ target }) => { take(target.files); target.value = ''; };
$('sample').onclick = async ({ target }) => {
  target.disabled = true;
  try { add([new File([await (await fetch('/v1/sample')).blob()], 'Synthetic sample.csv')]); } catch { card('Synthetic sample').fail('The server does not answer.'); }
  target.disabled = false;
};
const over = (event) => { event.preventDefault(); $('drop').classList.toggle('over', event.type === 'dragover'); };
addEventListener('dragover', over);
addEventListener('dragleave', over);
addEventListener('drop', (event) => { over(event); if (!$('desk').hidden && event.dataTransfer.files.length > 0) take(event.dataTransfer.files); });

const span = (s) => s < 120 ? Math.round(s) + ' s' : s < 7200 ? Math.round(s / 60) + ' min' : (s / 3600).toFixed(1) + ' h';
const about = (r) => r.status === 'ready' ? [span(r.durationS), r.leads.map(({ lead }) => lead).slice(0, 4).join(', ') + (r.leads.length > 4 ? ' …' : ''), r.format].join(' · ') : r.status === 'importing' ? 'being read' : 'could not be read';
async function list(more) {
  const asked = ++watching;
  const params = new URLSearchParams({ limit: 20 });
  if ($('search').value.trim() !== '') params.set('search', $('search').value.trim());
  if (more) params.set('cursor', cursor);
  const page = await ask('/v1/recordings?' + params);
  if (asked !== watching) return;
  cursor = page.next;
  $('more').hidden = cursor === null;
  const items = page.recordings.map((r) => el('li', {}, link('#' + r.id, '', {}), null));
  items.forEach((item, i) => {
    const r = page.recordings[i];
    item.firstChild.append(el('b', {}, r.name), el('small', { className: r.status === 'failed' ? 'bad' : '' }, about(r)));
  });
  if (more) $('list').append(...items); else $('list').replaceChildren(...items);
  if (items.length === 0 && !more) $('list').append(el('li', { className: 'soft' }, $('search').value.trim() === '' ? 'None yet.' : 'None is called so.'));
  mark();
}
function mark() { for (const a of $('list').querySelectorAll('a')) if (a.hash === '#' + shown) a.setAttribute('aria-current', 'page'); else a.removeAttribute('aria-current'); }
let typed;
$('search').oninput = () => { clearTimeout(typed); typed = setTimeout(() => list().catch(() => {}), 200); };
$('more').onclick = () => list(true).catch(() => {});

const share = (x) => x === null || x === undefined ? '–' : x === 0 ? '0 %' : x < 0.001 ? '< 0.1 %' : x === 1 ? '100 %' : (100 * x).toFixed(1) + ' %';
const fact = (name, value, note) => el('div', {}, el('dt', {}, name), el('dd', {}, el('b', {}, value), el('small', {}, note ?? '')));
function facts(a) {
  const { heartRate: h, ectopy: e, pauses: p, uncertain: u, quality: q, rhythmBurden: r } = a;
  const n = (x, one) => x.toLocaleString('en') + ' ' + one + (x === 1 ? '' : 's');
  return el('dl', {},
    r?.[0] ? fact('Mostly', r[0].rhythm.replace(/-/g, ' ').replace(/^./, (c) => c.toUpperCase()), share(r[0].share) + ' of the time') : null,
    fact('Mean heart rate', h.meanBpm === null ? '–' : Math.round(h.meanBpm) + '/min', h.slowest && h.fastest ? Math.round(h.slowest.bpm) + ' to ' + Math.round(h.fastest.bpm) : ''),
    fact('Beats', a.beats.count.toLocaleString('en'), u ? share(u.share) + ' unsure' : 'not classified'),
    e ? fact('Ventricular', share(e.ventricular.share), n(e.ventricular.beats, 'beat') + ', ' + n(e.ventricular.runs, 'run')) : null,
    e ? fact('Supraventricular', share(e.supraventricular.share), n(e.supraventricular.beats, 'beat') + ', ' + n(e.supraventricular.runs, 'run')) : null,
    fact('Pauses', String(p.count), p.longestS === null ? '' : 'longest ' + p.longestS.toFixed(1) + ' s'),
    fact('Readable', share(q.analysableShare), span(q.analysableS)));
}
const ECG = 'M0 40h60l6-5 6 5h8l4-34 7 62 5-28h12l10-9 10 9h54l6-5 6 5h8l4-34 7 62 5-28h12l10-9 10 9h22l12-36 16 70 10-50 14 16h92l6-5 6 5h8l4-34 7 62 5-28h12l10-9 10 9h40';
function welcome() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg'), path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 640 80'); svg.setAttribute('aria-hidden', 'true'); path.setAttribute('d', ECG); svg.append(path);
  $('result').replaceChildren(el('div', { className: 'welcome' }, svg, el('h2', {}, 'Every beat, with how sure it is'), el('p', {}, 'Put in an electrocardiogram and get its beats, rhythms, intervals and the moments worth a look. What the networks are unsure of is marked as such.')));
}
async function route() {
  const id = location.hash.slice(1);
  shown = id;
  $('desk').classList.toggle('open', id !== '');
  mark();
  if (id === '') return welcome();
  const at = '/v1/recordings/' + encodeURIComponent(id), here = () => shown === id;
  try {
    const r = await ask(at);
    if (!here()) return;
    const remove = el('button', { type: 'button' }, 'Delete');
    remove.onclick = async () => {
      if (!confirm('Delete “' + r.name + '” and everything made of it?')) return;
      try { await ask(at, { method: 'DELETE' }); location.hash = ''; await list(); } catch (fault) { alert(fault.message); }
    };
    const head = el('div', { className: 'head' }, el('div', {}, el('h2', {}, r.name), el('span', { className: 'soft' }, about(r) + (r.revision > 0 ? ' · corrected' : ''))));
    const body = el('div', {}), links = el('div', { className: 'links' }, ...(mayDelete ? [remove] : []));
    $('result').replaceChildren(head, body, links);
    if (r.status === 'failed') return void body.append(el('p', { className: 'bad' }, el('strong', {}, sentence(r.error.message))));
    let analysis;
    for (;;) {
      try { analysis = await ask(at + '/analysis'); break; }
      catch (fault) {
        if (!here()) return;
        body.replaceChildren(el('p', { className: 'soft' }, fault.message));
        if (!fault.wait) return;
        await pause(1000 * fault.wait);
      }
    }
    if (!here()) return;
    body.replaceChildren(facts(analysis), analysis.warnings.length > 0 ? el('ul', { className: 'warnings' }, ...analysis.warnings.map((text) => el('li', {}, text))) : '');
    const own = { target: '_blank', rel: 'noopener' };
    links.prepend(link(at + '/report.html', 'Open the report', own), link(at + '/report.pdf', 'PDF', own), link(at + '/analysis', 'JSON', own), link(at + '/annotations.atr', 'Annotations (.atr)', { download: '' }));
    const frame = el('iframe', { title: 'Report of ' + r.name, src: at + '/report.html' });
    frame.setAttribute('sandbox', '');
    $('result').append(frame);
  } catch (fault) { if (here()) $('result').replaceChildren(el('p', { className: 'bad' }, el('strong', {}, fault.message))); }
}
addEventListener('hashchange', () => { route(); if (shown !== '') $('result').scrollIntoView({ block: 'nearest' }); });

async function start() {
  const { mode, actor } = await ask('/v1/access');
  if (mode !== 'none' && actor === null) return door();
  mayDelete = mode === 'none' || actor.role === 'admin';
  $('door').hidden = true; $('desk').hidden = false;
  route();
  await list();
}
start().catch((fault) => { $('desk').hidden = false; card('Ectopy').fail(fault.message); });
`;
