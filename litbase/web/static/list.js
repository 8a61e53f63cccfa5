/* My list: adding and taking out at once, ticking records, notes; every form works without this file.
   What is shared with all pages comes from litbase.js, which runs before. */
(() => {
  'use strict';
  const { $, $$, on, piece, reveal, say, toast, plural, cite } = window.litbase;
  const picked = $('#picked'), address = { add: picked.action, remove: picked.action.replace(/add$/, 'remove') };
  const target = (button) => (button.hasAttribute('formaction') ? button.formAction : button.form.action);
  const records = (n) => plural(n, 'record', 'records');
  $$('[data-print]').forEach((button) => { button.hidden = false; });
  on('click', '[data-print]', () => print());

  /* one after the other, in all tabs: the first answer may bring the cookie that the next request needs */
  let line = Promise.resolve();
  const inTurn = (act) => { if (navigator.locks) return navigator.locks.request('litbase-list', act); line = line.then(act, act); return line; };
  const post = (url, pairs) => inTurn(async () => {
    const answer = await fetch(url, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(pairs) });
    if (!answer.ok) throw Object.assign(new Error((await answer.json().catch(() => ({}))).error?.detail || ''), { status: answer.status });
    const told = await answer.json();
    if (told.asked) throw Object.assign(new Error(), { asked: true });
    return told;
  });
  /* what was asked back is asked on a page: the form goes there by itself */
  let asking = false;
  const failed = (problem, form, button) => {
    if (!problem.asked) return toast(problem.status ? problem.message || 'Not saved' : 'Not saved: the server cannot be reached');
    if (form === picked) picked.elements.next.value = location.pathname + location.search;
    asking = true;
    form.requestSubmit(button);
    asking = false;
  };
  const counted = (total) => $$('[data-listcount]').forEach((count) => { count.textContent = total.toLocaleString('en'); count.hidden = !total; });
  const paint = (ids, inside) => $$('[data-addlist]').filter((button) => ids.includes(button.value)).forEach((button) => {
    button.setAttribute('aria-pressed', inside);
    button.setAttribute('formaction', inside ? address.remove : address.add);
    $('span', button).textContent = inside ? 'In My list' : 'Add to list';
    const use = $('use', button);
    use.setAttribute('href', use.getAttribute('href').replace(/#.*/, inside ? '#check' : '#list-plus'));
  });
  const added = (told) => {
    counted(told.total);
    paint([...told.added, ...told.already], true);
    const room = told.over ? ` ${told.over.toLocaleString('en')} found no room: a list can have ${records(told.most)}.` : '';
    const lost = told.unknown_count ? ` ${told.unknown_count.toLocaleString('en')} not in this library.` : '';
    const what = told.added.length > 1 ? `Added ${records(told.added.length)}.` : told.added.length ? 'Added.' : 'Nothing new.';
    toast(`${what}${room}${lost} ${records(told.total)} in My list`);
  };

  /* the selection */
  const boxes = () => $$('[data-pick]'), ticked = () => boxes().filter((box) => box.checked);
  const ids = () => ticked().map((box) => ['id', box.value]);
  const selected = (aloud = true) => {
    const n = ticked().length, all = $('[data-pickall]'), bar = $('[data-selbar]');
    if (!bar) return;
    bar.classList.toggle('on', n > 0);
    $('[data-selcount]', bar).textContent = `${n} selected`;
    if (all) { all.checked = n > 0 && n === boxes().length; all.indeterminate = n > 0 && !all.checked; }
    if (aloud) say(`${records(n)} selected`);
  };
  const unpick = () => {
    ticked().forEach((box) => { box.checked = false; });
    selected();
    ($('#results') ?? $('#main')).focus({ preventScroll: true });
  };
  on('change', '[data-pick]', () => selected());
  on('change', '[data-pickall]', (event, all) => { boxes().forEach((box) => { box.checked = all.checked; }); selected(); });
  on('click', '[data-clearpicked]', (event) => { event.preventDefault(); unpick(); });
  addEventListener('pageshow', () => selected(false));

  on('submit', '#picked', async (event) => {
    const button = event.submitter;
    if (asking || !button) return;
    if (button.formMethod === 'get' && !('citepicked' in button.dataset)) return button.closest('details')?.removeAttribute('open');
    event.preventDefault();
    if ('citepicked' in button.dataset) return cite({ href: `${button.formAction}?${new URLSearchParams(ids())}` });
    const taking = target(button) === address.remove;
    try {
      const told = await post(target(button), button.name ? [[button.name, button.value]] : ids());
      if (!taking) added(told); else { counted(told.total); if (button.name) paint([button.value], false); toast(`Removed. ${records(told.total)} in My list`); }
      if (!button.name) { unpick(); if (taking) await refresh(); }
    } catch (problem) { failed(problem, picked, button); }
  });

  /* the page of the list */
  const refresh = async () => {
    const content = await piece(location.href, 'list');
    $('#list-body').replaceWith(content.getElementById('list-body'));
    reveal();
    counted(+$('#list-body').dataset.total);
    selected(false);
  };
  on('submit', '[data-act]', async (event, form) => {
    const button = event.submitter, row = form.closest('[data-hit]'), near = row.nextElementSibling ?? row.previousElementSibling;
    if (asking || !button) return;
    event.preventDefault();
    try {
      const told = await post(target(button), [...new FormData(form), ...(button.name ? [[button.name, button.value]] : [])]);
      await refresh();
      const here = document.getElementById(row.id) ?? document.getElementById(near?.id);
      (document.getElementById(button.id) ?? (here && $('h3 a, button', here)) ?? $('#main')).focus();
      here?.scrollIntoView({ block: 'nearest' });
      if ('remove' in button.dataset) toast(`Removed. ${records(told.total)} in My list`);
      else say(`Moved: ${$('.eyebrow .num:last-of-type', here)?.textContent ?? ''}`);
    } catch (problem) { failed(problem, form, button); }
  });
  let pause;
  const save = async (form, aloud) => {
    clearTimeout(pause);
    try {
      await post(form.action, new FormData(form));
      const fresh = await piece(location.href, 'list'), marks = $('.marks', fresh), shown = $('.marks'), row = form.closest('[data-hit]');
      const head = $('.eyebrow', fresh.getElementById(row.id) ?? fresh);
      if (fresh.getElementById(row.id)) $('.eyebrow', row).replaceWith(head);
      if (marks && shown) shown.replaceWith(marks); else if (marks) $('#entries-h').after(marks); else shown?.remove();
      if (aloud) toast('Saved');
    } catch (problem) { failed(problem, form); }
  };
  on('input', '[data-note] textarea', (event, field) => { clearTimeout(pause); pause = setTimeout(() => save(field.form, false), 700); });
  on('change', '[data-note] textarea, [data-note] select', (event, field) => save(field.form, true));
  on('submit', '[data-note]', (event, form) => { event.preventDefault(); save(form, true); });
  on('change', '[data-listorder] select', (event, select) => select.form.requestSubmit());
})();
