/* The history of searches: written into this browser's storage by every page of results, shown on the page of searches,
   combined by numbers.  The server keeps none of it. */
(() => {
  'use strict';
  const { $, $$, on, say, toast, plural } = window.litbase;
  const KEY = 'litbase.searches', MOST = 200, combining = document.currentScript.dataset.combine;
  const read = () => {
    try {
      const { last, all } = JSON.parse(localStorage.getItem(KEY));
      return { last: +last || 0, all: all.filter((one) => one.n > 0 && typeof one.key === 'string') };
    } catch { return { last: 0, all: [] }; }
  };
  const write = (kept) => { try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* private mode */ } };
  const squash = (text) => text.replace(/\s+/g, ' ').trim();

  /* a page of results is a search; another page or order of it is the same one */
  const note = () => {
    const head = $('#res-head');
    if (!head) return;
    const params = new URL(head.dataset.url, location).searchParams;
    ['page', 'per', 'sort'].forEach((name) => params.delete(name));
    const key = params.toString(), kept = read(), before = kept.all.find((one) => one.key === key);
    if (!key) return;
    const n = before?.n ?? kept.last + 1;
    const one = { n, key, q: params.get('q') ?? '', filters: $$('.filterchip > span', head).map((chip) => squash(chip.textContent)).join(' · '), total: +head.dataset.total, at: Date.now() };
    write({ last: Math.max(n, kept.last), all: [one, ...kept.all.filter((other) => other !== before)].slice(0, MOST) });
  };
  note();
  const results = $('[data-search]');
  if (results) new MutationObserver((changes) => { if (changes.some((change) => [...change.addedNodes].some((node) => node.id === 'res-head'))) note(); }).observe(results, { childList: true });

  /* "#1 AND NOT #2"; the server knows what S1 is */
  const numbers = (sets) => [...new Set([...sets.matchAll(/#(\d+)/g)].map((found) => +found[1]))];
  const combine = (sets) => {
    const { all } = read(), params = new URLSearchParams({ sets });
    for (const n of numbers(sets)) {
      const one = all.find((each) => each.n === n);
      if (!one) return `There is no search #${n} in the history.`;
      params.set(`s${n}`, one.key);
    }
    location = `${combining}?${params}`;
    return '';
  };
  on('submit', '.searchbox', (event, form) => {
    const sets = form.elements.q.value;
    if (/^(?:\s|[()-]|#\d{1,6}(?!\d)|(?:s\d{1,6}|and|or|not)\b)+$/i.test(sets) && numbers(sets).length && !combine(sets)) event.preventDefault();
  });
  on('submit', '[data-combine]', (event, form) => {
    event.preventDefault();
    const field = form.elements.sets, problem = combine(field.value);
    $('[role=alert]', form).textContent = problem;
    field.setAttribute('aria-invalid', !!problem);
    if (problem) field.focus();
  });

  /* saving from a page of results, without leaving it; in turn with My list, for the first answer may bring the cookie */
  on('submit', '[data-search] [data-savesearch]', async (event, form) => {
    event.preventDefault();
    const post = () => fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams({ search: event.submitter.value }) });
    try {
      const answer = await (navigator.locks ? navigator.locks.request('litbase-list', post) : post()), told = await answer.json();
      toast(answer.ok ? `${told.new ? 'Saved' : 'Saved before'}. ${plural(told.total, 'saved search', 'saved searches')}` : told.error.detail);
    } catch { toast('Not saved: the server cannot be reached'); }
  });

  /* the page */
  const place = $('[data-history]');
  if (!place) return;
  const list = $('[data-history-list]'), entry = $('[data-history-entry]'), clear = $('[data-history-clear]'), cleared = clear.innerText;
  const label = (one) => one.q || one.filters || 'Every record';
  const row = (one) => {
    const made = entry.content.cloneNode(true), part = (name) => $(`[data-h-${name}]`, made);
    part('nr').textContent = `#${one.n}`;
    part('total').textContent = plural(+one.total || 0, 'record', 'records');
    part('at').textContent = new Date(one.at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
    part('at').dateTime = new Date(one.at).toISOString();
    part('link').textContent = label(one);
    part('link').href = `${$('.searchbox').action}?${one.key}`;
    part('filters').textContent = one.q ? one.filters : '';
    part('filters').hidden = !one.q || !one.filters;
    part('edit').href = `${part('edit').dataset.base}?${one.key}`;
    part('remove').dataset.n = one.n;
    $('[name=search]', made).value = one.key;
    $$('[data-h-of]', made).forEach((of) => { of.textContent = ` #${one.n}`; });
    return made;
  };
  const show = () => {
    const { all } = read();
    place.hidden = false;
    list.replaceChildren(...all.map(row));
    $('[data-history-none]').hidden = all.length > 0;
    $('[data-history-some]').hidden = !all.length;
    delete clear.dataset.sure;
    clear.lastChild.textContent = ` ${squash(cleared)}`;
  };
  show();
  addEventListener('storage', (event) => { if (event.key === KEY) show(); });
  on('click', '[data-h-remove]', (event, button) => {
    const kept = read(), at = kept.all.findIndex((one) => one.n === +button.dataset.n);
    write({ last: kept.last, all: kept.all.filter((one, n) => n !== at) });
    show();
    const left = $$('[data-h-remove]');
    (left[Math.min(at, left.length - 1)] ?? $('#history-h')).focus();
    say(`Removed. ${plural(left.length, 'search', 'searches')} in the history`);
  });
  /* asked twice: what is gone is gone */
  clear.addEventListener('click', () => {
    const { all } = read();
    if (!clear.dataset.sure) { clear.dataset.sure = '1'; clear.lastChild.textContent = ` Really clear ${plural(all.length, 'search', 'searches')}?`; say(clear.textContent); return; }
    write({ last: 0, all: [] });
    show();
    $('#history-h').focus();
    toast('The history is empty');
  });
})();
