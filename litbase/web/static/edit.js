/* The form of a record: what is beside it follows what is typed, rows and terms come and go in place, and what is typed
   is kept in this browser until it is saved.  Without this file every button sends the form and gets it back. */
(() => {
  'use strict';
  const { $, $$, on, piece, say, plural, kept, terms } = window.litbase;
  const form = $('#edit');
  if (!form) return;
  $('#problems')?.focus();
  const sprite = $('svg.i use').getAttribute('href').split('#')[0];
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };
  const icon = (name) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg'), use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    Object.entries({ class: 'i', 'aria-hidden': 'true', focusable: 'false' }).forEach(([name, value]) => svg.setAttribute(name, value));
    use.setAttribute('href', `${sprite}#${name}`);
    svg.append(use);
    return svg;
  };
  const pairs = () => [...new FormData(form)].filter(([, value]) => typeof value === 'string');

  /* drafts in this browser, one for each form; a cookie names those forms that were saved since */
  const MOST = 30, ANSWERED = 250; // drafts; ms in which another tab answers
  const drafts = () => kept.get('drafts', {});
  const keep = (all) => kept.set('drafts', Object.fromEntries(Object.entries(all).sort(([, a], [, b]) => b.at - a.at).slice(0, MOST)));
  const saved = (document.cookie.match(/(?:^|; )litbase-saved=([0-9a-f.]*)/)?.[1] ?? '').split('.');
  keep(Object.fromEntries(Object.entries(drafts()).filter(([, draft]) => !saved.includes(draft.entry))));
  if (form.matches('[data-conflict]')) return;

  const own = form.dataset.id || 'new';
  const slot = () => `${own} ${form.elements.entry.value}`;
  const state = $('[data-draft-state]');
  const BESIDE = new Set(['token', 'entry', 'version', 'id', 'draft', 'style', 'do']);
  const typed = (list) => JSON.stringify(list.filter(([name]) => !BESIDE.has(name)));
  let first = typed(pairs()), sending = false, told = '';
  const dirty = () => typed(pairs()) !== first;
  const tell = () => {
    const blocked = +($('#preview')?.dataset.blocked ?? 0);
    const text = [blocked && `${plural(blocked, 'field needs', 'fields need')} attention`, told].filter(Boolean).join(' · ');
    if (state.textContent !== text) state.textContent = text;
  };
  const store = () => {
    if (sending || !dirty()) return;
    const { entry, version, title } = form.elements;
    keep({ ...drafts(), [slot()]: { entry: entry.value, version: version.value, at: Date.now(), title: title?.value ?? '', pairs: pairs().filter(([name]) => name !== 'token') } });
    told = drafts()[slot()] ? 'draft kept in this browser' : 'this browser keeps no drafts';
    tell();
  };
  const forget = () => { const all = drafts(); delete all[slot()]; keep(all); };

  /* the fields anew, as the server makes them of all that is typed */
  const place = () => {
    const { activeElement: at } = document;
    if (!form.contains(at)) return null;
    const same = at.name ? $$(`[name="${CSS.escape(at.name)}"]`, form) : [];
    return { id: at.id, name: at.name, value: at.type === 'radio' ? at.value : null, number: same.indexOf(at) };
  };
  const focus = (where) => {
    if (!where) return;
    const same = where.name ? $$(`[name="${CSS.escape(where.name)}"]`, form) : [];
    (where.value !== null && same.find((one) => one.value === where.value) || document.getElementById(where.id) || same[where.number])?.focus();
  };
  let swapping = Promise.resolve();
  const swap = (more, list = pairs(), where = undefined) => {
    swapping = swapping.then(async () => {
      const body = new URLSearchParams([...list.filter(([name]) => name !== 'token'), ['token', form.elements.token.value], ...more]);
      const before = pairs(), opened = $$('#fields details').map((one) => one.open);
      const content = await piece(form.action, 'fields', undefined, body);
      const at = where === undefined ? place() : where, meanwhile = pairs().filter(([name, value], n) => before[n]?.[0] === name && before[n][1] !== value);
      $('#fields').replaceWith(content.getElementById('fields'));
      $$('#fields details').forEach((one, n) => { one.open ||= opened[n] ?? false; });
      begin();
      meanwhile.forEach(([name, value]) => { const found = $$(`[name="${CSS.escape(name)}"]`, form); if (found.length === 1) found[0].value = value; });
      focus(at);
      touch();
    });
    return swapping;
  };

  /* citation and what to look at, while typing */
  let pause, asking;
  const follow = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const content = await piece(form.dataset.preview, 'preview', asking.signal, new URLSearchParams(pairs()));
      const at = document.activeElement?.id === 'style';
      $('#preview').replaceWith(content.getElementById('preview'));
      if (at) $('#style').focus();
      tell();
    } catch { /* a later letter was quicker, or nobody answers; the form itself is not in danger */ }
  };
  const touch = (what = form) => what.dispatchEvent(new Event('input', { bubbles: true }));
  form.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(() => { store(); follow(); }, 400); });
  on('change', '#style', follow);

  /* what is wrong with a field is told when it is left */
  const line = (css, name, text, extra) => {
    const span = make('span', {}, text);
    if (extra) span.append(' ', extra);
    return make('p', { class: css }, icon(name), span);
  };
  const show = (field, flaws, good) => {
    const around = $(`[data-field="${CSS.escape(field)}"]`, form), box = around && $('[data-told]', around), input = around && $(`[name="${CSS.escape(field)}"]`, around);
    if (!box) return;
    const lines = flaws.map((flaw) => line(flaw.blocks ? 'err' : 'warned small', flaw.blocks ? 'circle-x' : 'triangle-alert', flaw.text,
      flaw.instead && make('button', { class: 'linkbtn', type: 'button', 'data-instead': flaw.instead }, `Write ${flaw.instead}`)));
    if (good && !flaws.some((flaw) => flaw.blocks)) lines.push(line('good', 'check', good));
    box.replaceChildren(...lines);
    const wrong = flaws.some((flaw) => flaw.blocks), shown = $('.tokens input', around) ?? input;
    if (wrong) shown.setAttribute('aria-invalid', 'true'); else shown.removeAttribute('aria-invalid');
    shown.setAttribute('aria-describedby', [$('.hint', around)?.id, box.id].filter(Boolean).join(' '));
  };
  const check = async (field) => {
    try {
      const answer = await fetch(form.dataset.check, { method: 'POST', body: new URLSearchParams(pairs()) });
      if (!answer.ok) return;
      const { flaws, good } = await answer.json();
      show(field, flaws.filter((flaw) => flaw.field === field), good[field]);
    } catch { /* the server tells it when it is saved */ }
  };
  form.addEventListener('focusout', (event) => {
    const around = event.target.closest('[data-field]');
    if (around && !around.contains(event.relatedTarget)) check(around.dataset.field);
  });
  on('click', '[data-instead]', (event, button) => {
    const around = button.closest('[data-field]'), input = $(`[name="${around.dataset.field}"]`, around);
    input.value = button.dataset.instead;
    input.focus();
    touch(input);
    check(around.dataset.field);
  });

  /* another type, a mend, terms put right: the fields come anew */
  on('change', '[data-kinds] input', () => swap([['do', 'type']]));
  on('click', '#fields button[formnovalidate]', (event, button) => {
    if (button.matches('[data-up],[data-down],[data-del],[data-add-author],[data-suggested]')) return;
    event.preventDefault();
    swap([[button.name, button.value]]).catch(() => form.requestSubmit(button));
  });

  /* people: rows in place */
  const rows = () => $$('[data-authors] > .author[role=group]');
  const renumber = () => rows().forEach((row, n, all) => {
    const name = $('[name=family]', row).value || `row ${n + 1}`;
    row.setAttribute('aria-label', `Contributor ${n + 1}`);
    $('.pos', row).textContent = n + 1;
    $('[name=family]', row).id = `family-${n + 1}`;
    [['up', `Move ${name} up`, n === 0], ['down', `Move ${name} down`, n === all.length - 1], ['del', `Remove ${name}`, false]].forEach(([which, label, off]) => {
      const button = $(`[data-${which}]`, row);
      button.setAttribute('aria-label', label);
      button.disabled = off;
      button.value = `${which === 'del' ? 'remove' : which}-${n + 1}`;
    });
  });
  const add = () => {
    const all = rows(), row = all[all.length - 1].cloneNode(true);
    $$('input', row).forEach((input) => { input.value = ''; });
    $('select', row).value = $('select', all[all.length - 1]).value;
    all[all.length - 1].after(row);
    renumber();
    $('input', row).focus();
    say(`Row ${all.length + 1} added`);
    touch();
  };
  on('click', '[data-add-author]', (event) => { event.preventDefault(); add(); });
  on('click', '.author [data-up], .author [data-down]', (event, button) => {
    event.preventDefault();
    const row = button.closest('.author'), up = button.matches('[data-up]');
    if (up) row.previousElementSibling.before(row); else row.nextElementSibling.after(row);
    renumber();
    (button.disabled ? $(up ? '[data-down]' : '[data-up]', row) : button).focus();
    say(`${$('[name=family]', row).value || 'Row'} is now ${rows().indexOf(row) + 1} of ${rows().length}`);
    touch();
  });
  on('click', '.author [data-del]', (event, button) => {
    event.preventDefault();
    const row = button.closest('.author'), at = rows().indexOf(row), name = $('[name=family]', row).value;
    if (rows().length === 1) $$('input', row).forEach((input) => { input.value = ''; });
    else row.remove();
    renumber();
    $('[name=family]', rows()[Math.min(at, rows().length - 1)]).focus();
    say(`${name || 'Row'} removed`);
    touch();
  });
  const split = (input) => { if (input.value.includes(';') && !$('[name=given]', input.closest('.author')).value.trim()) swap([['do', 'again']]).then(() => say(`${plural(rows().length, 'row', 'rows')}`)); };
  on('paste', '.author [name=family]', (event, input) => setTimeout(() => split(input)));
  on('input', '.author [name=family]', renumber);
  on('change', '.author [name=family]', (event, input) => { renumber(); split(input); });

  const begin = () => terms({ form, make, icon, check, touch });
  begin();

  /* what was typed and not saved comes back */
  const note = $('[data-restored]'), when = (at) => new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const numbered = (draft) => draft.pairs.find(([name]) => name === 'draft')?.[1] ?? ''; // the number it has on the server
  const restore = (draft) => {
    form.elements.version.value = draft.version;
    form.elements.entry.value = draft.entry;
    form.elements.draft.value = numbered(draft);
    const why = draft.pairs.find(([name]) => name === 'why');
    if (why) form.elements.why.value = why[1];
    return swap([['do', 'again']], draft.pairs, null).then(() => { told = 'draft kept in this browser'; tell(); });
  };
  let back = null; // the draft that is told about
  const offer = (draft) => {
    const what = draft.title ? `“${draft.title.slice(0, 80)}”` : 'What you typed';
    const held = numbered(draft), on = when(draft.at);
    const since = own !== 'new' && draft.version !== form.elements.version.value ? ' The record was changed since then; when you save, both are shown.' : '';
    back = draft;
    if (form.dataset.posted || dirty()) {
      $('[data-restored-text]').textContent = held ? `${what} is kept among your drafts.` : `${what}, typed here ${on}, was not saved.`;
      $('[data-restore]').hidden = false;
      note.hidden = false;
    } else {
      $('[data-restored-text]').textContent = held ? `${what}, one of your drafts and no record yet, is back in the form as you left it ${on}.${since}` : `${what}, typed here ${on} and not saved, is back in the form.${since}`;
      restore(draft).then(() => { note.hidden = false; }).catch(() => {});
    }
  };
  on('click', '[data-restore]', () => { note.hidden = true; restore(back); form.scrollIntoView(); });
  on('click', '[data-discard]', () => {
    const aside = !$('[data-restore]').hidden, all = drafts();
    delete all[aside ? `${own} ${back.entry}` : slot()];
    keep(all);
    note.hidden = true;
    if (!aside) { sending = true; location.replace(location.href); }
  });

  /* what is typed in another tab that is open stays there */
  const tabs = new BroadcastChannel('litbase.drafts'), open = new Set();
  tabs.addEventListener('message', ({ data }) => {
    if (data.here) open.add(data.here);
    else tabs.postMessage({ here: form.elements.entry.value });
  });
  const found = Object.entries(drafts()).filter(([key, draft]) => key.startsWith(`${own} `) && draft.entry !== form.elements.entry.value && typed(draft.pairs) !== first);
  if (found.length) {
    tabs.postMessage({});
    setTimeout(() => {
      const left = found.map(([, draft]) => draft).filter((draft) => !open.has(draft.entry)).sort((a, b) => b.at - a.at);
      if (left.length) offer(left[0]);
    }, ANSWERED);
  }

  form.addEventListener('kept', store);
  form.addEventListener('submit', () => { store(); sending = true; });
  on('submit', '[data-start]', () => { store(); sending = true; }); // what is typed goes along
  addEventListener('pageshow', (event) => { if (event.persisted) sending = false; });
  addEventListener('pagehide', store);
  addEventListener('beforeunload', (event) => { if (!sending && dirty()) { store(); event.preventDefault(); } });
  on('click', '[data-cancel]', () => { if (!dirty()) forget(); });
  if (form.dataset.posted) { first = ''; store(); }
  tell();
})();
