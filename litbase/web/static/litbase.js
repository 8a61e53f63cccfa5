/* litbase: progressive enhancement only; every page works without this file.
   No dependencies, no inline handlers, no eval.  HTML from the server enters the page in one place, through the
   Trusted Types policy "litbase", and only from this site. */
(() => {
  'use strict';
  const root = document.documentElement;
  root.classList.add('js');
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const on = (type, selector, act) => document.addEventListener(type, (event) => {
    const target = event.target.closest?.(selector);
    if (target) act(event, target);
  });
  const kept = {
    get: (key, otherwise) => { try { return JSON.parse(localStorage.getItem(`litbase.${key}`)) ?? otherwise; } catch { return otherwise; } },
    set: (key, value) => { try { localStorage.setItem(`litbase.${key}`, JSON.stringify(value)); } catch { /* private mode */ } },
  };
  const plural = (n, one, many) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
  const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button > 0);

  /* pieces of pages, from this site only */
  const policy = window.trustedTypes?.createPolicy('litbase', { createHTML: (html) => html });
  const piece = async (url, name, signal, body) => {
    const answer = await fetch(url, { method: body ? 'POST' : 'GET', body, headers: { 'X-Fragment': name }, signal });
    if (!answer.ok || new URL(answer.url).pathname !== new URL(url, location).pathname) throw new Error(answer.status);
    const html = await answer.text();
    const template = document.createElement('template');
    template.innerHTML = policy ? policy.createHTML(html) : html;
    return template.content;
  };

  /* controls that need this file come out of hiding */
  const reveal = (from = document) => $$('[data-theme-toggle],[data-keys],[data-copy],[data-copytext],.slash', from).forEach((e) => { e.hidden = false; });
  reveal();

  /* toast and live region */
  const toastEl = $('[data-toast]'), live = $('[data-live]');
  let toastTimer;
  const toast = (text) => { toastEl.textContent = text; clearTimeout(toastTimer); toastTimer = setTimeout(() => { toastEl.textContent = ''; }, 3500); };
  const say = (text) => { live.textContent = ''; setTimeout(() => { live.textContent = text; }, 60); };

  /* theme: as the system, light, dark; a cookie tells the server, so that the next page comes in it */
  on('click', '[data-theme-toggle]', (event, button) => {
    const { path } = button.dataset;
    const order = ['', 'light', 'dark'], next = order[(order.indexOf(root.dataset.theme ?? '') + 1) % 3];
    if (next) root.dataset.theme = next; else delete root.dataset.theme;
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `litbase-theme=${next}; Path=${path}; SameSite=Lax; Max-Age=${next ? 31536000 : 0}${secure}`;
    $$('.theme button').forEach((each) => each.setAttribute('aria-pressed', each.value === (next || 'auto')));
    toast(`Theme: ${next || 'as the system'}`);
  });

  /* menus close on a click outside, on Escape, and when another opens */
  document.addEventListener('click', (event) => $$('details.menu[open]').forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  document.addEventListener('toggle', (event) => {
    if (event.target.matches?.('details.menu') && event.target.open) $$('details.menu[open]').forEach((menu) => { if (menu !== event.target) menu.open = false; });
  }, true);

  /* dialogs */
  const open = (dialog) => { if (!dialog.open) dialog.showModal(); };
  on('click', '[data-close]', (event, button) => button.closest('dialog').close());
  on('click', 'dialog', (event, dialog) => { if (event.target === dialog) dialog.close(); });
  on('click', '[data-keys]', (event) => { event.preventDefault(); open($('#keys')); });
  const cite = async (link) => {
    const dialog = $('#cite');
    try {
      const content = await piece(link.href, 'cite');
      dialog.replaceChildren(content);
    } catch { location = link.href; return; }
    reveal(dialog);
    tabs(dialog);
    open(dialog);
    $('[role=tab][aria-selected=true]', dialog)?.focus();
  };
  on('click', '[data-cite]', (event, link) => { if (plain(event)) { event.preventDefault(); link.focus(); cite(link); } });

  /* tabs (APG, vertical): arrows, Home, End; the last format chosen is remembered */
  const tabs = (from) => $$('[role=tablist]', from).forEach((list) => {
    const all = $$('[role=tab]', list);
    const pick = (tab, focus = true) => {
      all.forEach((each) => {
        each.setAttribute('aria-selected', each === tab);
        each.tabIndex = each === tab ? 0 : -1;
        document.getElementById(each.getAttribute('aria-controls')).hidden = each !== tab;
      });
      if (focus) tab.focus();
      kept.set('cite', tab.id);
      if (tab.dataset.style) restyle(tab.dataset.style);
      fill(document.getElementById(tab.getAttribute('aria-controls')));
    };
    list.addEventListener('click', (event) => { const tab = event.target.closest('[role=tab]'); if (tab) pick(tab); });
    list.addEventListener('keydown', (event) => {
      const at = all.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      pick(all[(to + all.length) % all.length]);
    });
    const last = !('asked' in list.dataset) && all.find((tab) => tab.id === kept.get('cite'));
    if (last) pick(last, false);
  });
  /* a bibliography comes in the other styles when their tab is chosen */
  const fill = async (panel) => {
    const url = panel.dataset.from;
    if (!url) return;
    delete panel.dataset.from;
    try { panel.replaceChildren(await piece(url, 'entries')); reveal(panel); } catch { location = url; }
  };
  /* the style chosen last: a cookie tells the server, so that the next page opens in it */
  const restyle = (name) => {
    const path = $('[data-theme-toggle]')?.dataset.path ?? '/', secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `litbase-style=${encodeURIComponent(name)}; Path=${path}; SameSite=Lax; Max-Age=31536000${secure}`;
  };
  let styled;
  on('change', '[data-restyle]', async (event, select) => {
    const panel = select.closest('[data-copying]'), all = $('[data-cite]', panel), url = new URL(all.href);
    restyle(select.value);
    url.searchParams.set('style', select.value);
    url.hash = `style-${encodeURIComponent(select.value)}`;
    all.href = url;
    try {
      styled ??= piece(url.href, 'cite');
      const shown = $('[data-copysrc]', panel), entry = $('[data-copysrc]', (await styled).getElementById(`pan-${encodeURIComponent(select.value)}`));
      shown.replaceChildren(...entry.cloneNode(true).childNodes);
      say(shown.textContent);
    } catch { select.form.submit(); }
  });
  /* citations in the text follow the page that is typed */
  let typed, citing;
  const cited = async (form) => {
    citing?.abort();
    citing = new AbortController();
    const around = form.closest('dialog') ?? $('main');
    try {
      const found = await piece(`${form.action}?${new URLSearchParams(new FormData(form))}`, 'cite', citing.signal);
      $$('[data-said]', around).forEach((said) => said.replaceChildren(...$(`[data-said="${said.dataset.said}"]`, found).childNodes));
      say($$('[data-said]', around).find((said) => said.offsetParent)?.textContent ?? '');
    } catch { /* a later letter was quicker, or the page stays as it is */ }
  };
  on('input', '[data-place]', (event, field) => { clearTimeout(typed); typed = setTimeout(() => cited(field.form), 150); });
  on('submit', '[data-placing]', (event, form) => { event.preventDefault(); clearTimeout(typed); cited(form); });

  /* copying */
  const copy = async (text, html, source) => {
    try {
      if (typeof text === 'string' && !html) await navigator.clipboard.writeText(text);
      else await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text, ...(html && { 'text/html': html }) })]);
      toast('Copied');
    } catch {
      if (source) getSelection().selectAllChildren(source); // a page served by http has no clipboard but this old way
      toast(source && document.execCommand('copy') ? 'Copied' : 'Copying is not allowed here; select the text and press Ctrl+C');
    }
  };
  /* formatted text goes as text and as HTML, so that italics survive in a word processor; only its looks, no links */
  const copyRich = (source) => {
    const bare = source.cloneNode(true), paragraphs = $$('p', bare);
    $$('a', bare).forEach((link) => link.replaceWith(...link.childNodes));
    paragraphs.forEach((paragraph) => paragraph.removeAttribute('class'));
    const text = paragraphs.length ? paragraphs.map((paragraph) => paragraph.textContent).join('\n') : bare.textContent;
    if (source.matches('pre') || !window.ClipboardItem) return copy(text, null, source);
    return copy(new Blob([text], { type: 'text/plain' }), new Blob([bare.innerHTML], { type: 'text/html' }), source);
  };
  on('click', '[data-copy]', (event, button) => copyRich($('[data-copysrc]', button.closest('[data-copying], .tabpanel, .form-sec'))));
  on('click', '[data-copytext]', (event, button) => copy(button.dataset.copytext));
  on('click', '[data-copyfile]', (event, link) => {
    if (!plain(event) || !window.ClipboardItem) return;
    event.preventDefault();
    copy(fetch(link.href).then((answer) => { if (!answer.ok) throw new Error(answer.status); return answer.blob(); }).then((blob) => new Blob([blob], { type: 'text/plain' })));
  });

  /* search box: a combobox with a grouped listbox (APG); what is typed stays, and Enter searches for it, until a line is chosen */
  const popup = $('[data-suggest]');
  if (popup) {
    const box = $('#q'), all = () => $$('[role=option]', popup);
    let typing, asking, chosen = -1;
    const choose = (to) => {
      chosen = to;
      all().forEach((option, n) => option.setAttribute('aria-selected', n === chosen));
      const option = all()[chosen];
      if (option) { box.setAttribute('aria-activedescendant', option.id); option.scrollIntoView({ block: 'nearest' }); } else box.removeAttribute('aria-activedescendant');
    };
    const shut = () => { clearTimeout(typing); asking?.abort(); popup.hidden = true; box.setAttribute('aria-expanded', 'false'); choose(-1); };
    const ask = async (first = -1) => {
      asking?.abort();
      asking = new AbortController();
      const { signal } = asking;
      if (box.value.trim().length < 2) return shut();
      try {
        const found = await piece(`${popup.dataset.suggest}?${new URLSearchParams({ q: box.value })}`, 'suggest', signal);
        if (signal.aborted || document.activeElement !== box) return;
        popup.replaceChildren(found);
      } catch (problem) { if (problem.name !== 'AbortError') shut(); return; }
      if (!all().length) return shut();
      popup.hidden = false;
      box.setAttribute('aria-expanded', 'true');
      choose(Math.min(first, all().length - 1));
      say(plural(all().length, 'suggestion', 'suggestions'));
    };
    Object.entries({ role: 'combobox', 'aria-expanded': 'false', 'aria-controls': popup.id, 'aria-autocomplete': 'list' }).forEach(([name, value]) => box.setAttribute(name, value));
    box.addEventListener('input', () => { clearTimeout(typing); choose(-1); typing = setTimeout(ask, 120); });
    box.addEventListener('keydown', (event) => {
      const shown = !popup.hidden, last = all().length - 1;
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === 'ArrowDown') { event.preventDefault(); if (shown) choose(chosen === last ? -1 : chosen + 1); else ask(0); }
      else if (event.key === 'ArrowUp' && shown) { event.preventDefault(); choose(chosen === -1 ? last : chosen - 1); }
      else if (event.key === 'Enter' && shown && chosen >= 0) { event.preventDefault(); all()[chosen].click(); }
      else if (event.key === 'Escape' && shown) { event.preventDefault(); event.stopPropagation(); shut(); }
    });
    popup.addEventListener('mousedown', (event) => event.preventDefault());
    box.form.addEventListener('focusout', (event) => { if (!box.form.contains(event.relatedTarget)) shut(); });
    box.form.addEventListener('submit', shut);
  }

  /* filters: a drawer on narrow screens */
  const drawer = () => $('#filters');
  on('click', '[data-filter-open]', (event) => {
    event.preventDefault();
    drawer().classList.add('is-open');
    document.body.classList.add('locked');
    drawer().focus();
  });
  const closeDrawer = () => {
    if (!drawer()?.classList.contains('is-open')) return false;
    drawer().classList.remove('is-open');
    document.body.classList.remove('locked');
    $('[data-filter-open]').focus();
    return true;
  };
  on('click', '[data-filter-close]', (event) => { event.preventDefault(); if (!closeDrawer()) location.hash = 'results'; });
  /* find in a filter: the server looks through all its values; ticked ones stay, for they belong to the form */
  let pause, looking;
  const narrow = async (field) => {
    looking?.abort();
    looking = new AbortController();
    const { form } = field, shown = $('.opts', field.closest('.facet-body'));
    try {
      const found = $('.opts', await piece(`${form.action}?${new URLSearchParams(new FormData(form))}`, 'values', looking.signal));
      const ticked = $$('.opt', shown).filter((option) => $('input', option).checked);
      const fresh = $$('.opt', found).filter((option) => !ticked.some((other) => $('input', other).value === $('input', option).value));
      shown.replaceChildren(...ticked, ...fresh);
      say(plural(+found.dataset.matching, 'match', 'matches'));
    } catch { /* a later letter was quicker, or the list stays as it is */ }
  };
  on('input', '[data-facet-find]', (event, field) => { clearTimeout(pause); pause = setTimeout(() => narrow(field), 150); });

  /* results are swapped in place: by filters, order, pages and the links that change them */
  const here = () => location.href.split('#')[0];
  let running, asked, shown = here(), replacing = false;
  const address = (form) => {
    const pairs = [...new FormData(form)].filter(([name, value]) => value !== '' && name !== 'find');
    return `${form.action}${pairs.length ? `?${new URLSearchParams(pairs)}` : ''}`;
  };
  /* where the focus is, by id; a link beside a box counts as the box */
  const place = () => document.activeElement?.id || $('input', document.activeElement?.closest('.opt') ?? root.cloneNode())?.id;
  const swap = async (url, push = true) => {
    if (url === asked || replacing) return; // a field that is taken away in the midst of typing tells of a change
    running?.abort();
    running = new AbortController();
    asked = url;
    const { signal } = running, before = place();
    let near, typed;
    const slow = setTimeout(() => $('#results').setAttribute('aria-busy', 'true'), 300);
    signal.addEventListener('abort', () => clearTimeout(slow));
    const opened = new Map($$('[data-facet]').map((facet) => [facet.dataset.facet, facet.open]));
    try {
      const content = await piece(url, 'results', signal);
      near = place() || before;
      typed = document.activeElement;
      replacing = true;
      for (const id of ['res-head', 'filters-body', 'results']) $(`#${id}`).replaceWith(content.getElementById(id));
      if (push) history.pushState({}, '', $('#res-head').dataset.url);
    } catch (problem) {
      if (problem.name !== 'AbortError') location = url;
      return;
    } finally {
      replacing = false;
      clearTimeout(slow);
      if (!signal.aborted) asked = null;
    }
    $$('[data-facet]').forEach((facet) => { if (opened.has(facet.dataset.facet)) facet.open = opened.get(facet.dataset.facet); });
    shown = here();
    document.title = $('#res-head').dataset.title;
    const box = $('#q');
    if (box && document.activeElement !== box) box.value = new URLSearchParams(location.search).get('q') ?? '';
    at = -1;
    reveal();
    histograms();
    const again = document.getElementById(near);
    again?.focus({ preventScroll: true });
    if (again && again !== typed && again.id === typed.id && again.matches('[type=number],[type=search]') && again.value !== typed.value) {
      again.value = typed.value; // what was typed while the answer was on its way
      again.dispatchEvent(new Event('input', { bubbles: true }));
    }
    say(plural(+$('#res-head').dataset.total, 'record', 'records'));
  };
  if ($('[data-search]')) {
    on('change', '#filters-form input:not([type=search])', (event, input) => swap(address(input.form)));
    on('focusout', '#filters-form [type=number]', (event, input) => { if (input.value !== input.defaultValue) swap(address(input.form)); });
    on('submit', '#filters-form', (event, form) => { event.preventDefault(); swap(address(form)); });
    on('change', '[data-order] select', (event, select) => swap(address(select.form)));
    on('click', '[data-swap]', (event, link) => {
      if (!plain(event)) return;
      event.preventDefault();
      const paging = link.closest('.pager');
      swap(link.href).then(() => { if (paging) { $('#results').focus({ preventScroll: true }); $('#results').scrollIntoView(); } else if (document.activeElement === document.body) $('#res-h').closest('header').querySelector('a,summary')?.focus(); });
    });
    /* a link to a place on the page is a step of the history too, and asks for nothing new */
    addEventListener('popstate', () => {
      if (here() !== shown) return swap(here(), false);
      running?.abort(); // back where it is, before what was asked for came
      $('#results').removeAttribute('aria-busy');
    });
  }

  /* year histogram: drag to set From and To; the two number fields are the keyboard's way */
  const histograms = () => $$('[data-histo]').forEach((drawing) => {
    const bars = $$('a', drawing), from = $('[data-from]'), to = $('[data-to]');
    let start = null, moved = false;
    const paint = () => bars.forEach((bar) => $('.b', bar).classList.toggle('in',
      (!from.value || +bar.dataset.last >= +from.value) && (!to.value || +bar.dataset.first <= +to.value)));
    const under = (event) => {
      const box = drawing.getBoundingClientRect();
      return bars[Math.min(bars.length - 1, Math.max(0, Math.floor((event.clientX - box.left) / box.width * bars.length)))];
    };
    const span = (one, other) => {
      from.value = Math.min(+one.dataset.first, +other.dataset.first);
      to.value = Math.max(+one.dataset.last, +other.dataset.last);
      paint();
    };
    drawing.addEventListener('pointerdown', (event) => { if (event.button === 0) { start = under(event); moved = false; drawing.setPointerCapture(event.pointerId); } });
    drawing.addEventListener('pointermove', (event) => {
      if (!start || (!moved && under(event) === start)) return;
      moved = true;
      span(start, under(event));
    });
    drawing.addEventListener('pointerup', () => {
      if (!start) return;
      swap(moved ? address(from.form) : start.href.baseVal);
      start = null;
    });
    drawing.addEventListener('pointercancel', () => { start = null; });
    drawing.addEventListener('click', (event) => event.preventDefault());
    [from, to].forEach((field) => field.addEventListener('input', paint));
  });
  histograms();

  /* single-key shortcuts: listed by ?, can be turned off there, never fire in a field or a dialog (WCAG 2.1.4) */
  const keysOn = $('[data-keys-on]');
  keysOn.checked = kept.get('keys', true);
  keysOn.addEventListener('change', () => kept.set('keys', keysOn.checked));
  let at = -1;
  const go = (to) => {
    const hits = $$('[data-hit]');
    if (!hits.length) return;
    hits[at]?.classList.remove('is-current');
    at = Math.max(0, Math.min(hits.length - 1, to));
    hits[at].classList.add('is-current');
    $('h2 a', hits[at]).focus({ preventScroll: true });
    hits[at].scrollIntoView({ block: 'nearest' });
  };
  const shortcuts = {
    '/': () => { $('#q')?.focus(); $('#q')?.select(); },
    '?': () => open($('#keys')),
    j: () => go(at + 1),
    k: () => go(at - 1),
    o: () => $$('[data-hit] h2 a')[at]?.click(),
    c: () => $('[data-cite]', $$('[data-hit]')[at] ?? document)?.click(),
    x: () => $('[data-pick]', $$('[data-hit]')[at] ?? root.cloneNode())?.click(),
    l: () => $('[data-addlist]', $$('[data-hit]')[at] ?? $('[data-record]') ?? root.cloneNode())?.click(),
    f: () => { const button = $('[data-filter-open]'); if (button?.offsetParent) button.click(); else drawer()?.focus(); },
    e: () => $('[data-edit]')?.click(),
    '[': () => $('.crumbs [rel=prev]')?.click(),
    ']': () => $('.crumbs [rel=next]')?.click(),
  };
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      const menu = $('details.menu[open]');
      if (menu) { menu.open = false; $('summary', menu).focus(); } else if (!$('dialog[open]')) closeDrawer();
      return;
    }
    const typing = event.target.matches('input,select,textarea,[contenteditable]') && !event.target.matches('[type=checkbox],[type=radio]');
    if (typing || !kept.get('keys', true) || event.ctrlKey || event.metaKey || event.altKey || $('dialog[open]')) return;
    const act = shortcuts[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  /* for the files of single pages */
  window.litbase = { $, $$, on, piece, reveal, say, toast, plural, cite, kept };
})();
