/* litbase: beside the form of a record: the note about likenesses follows what is typed, drafts are kept on the server
   from time to time, and a look-up takes along what is typed already.  All of it works without this file, by buttons. */
(() => {
  'use strict';
  const { $, $$, on, piece, say, toast } = window.litbase;
  const form = $('[data-edit-form]');
  if (!form) return;
  const EVERY = 30_000, PAUSE = 600;
  const ASKING = new Set(['title', 'doi', 'isbn', 'eric', 'issued', 'family', 'url', 'type']); // what likenesses depend on
  const sent = () => { const pairs = new FormData(form); pairs.delete('do'); return pairs; };
  const post = (url, headers, signal) => fetch(url, { method: 'POST', headers, body: new URLSearchParams(sent()), signal });

  /* likenesses */
  let pause, running, last = '';
  const told = (pairs) => JSON.stringify([...pairs].filter(([name]) => ASKING.has(name)));
  const alike = async () => {
    const now = told(sent());
    if (now === last) return;
    running?.abort();
    running = new AbortController();
    try {
      const found = await piece($('#like').dataset.like, 'like', running.signal, new URLSearchParams(sent()));
      const before = $('#like'), after = $('#like', found);
      last = now;
      if (before.contains(document.activeElement)) return; // nobody's button goes away under the finger
      const count = (piece) => $('[data-likes]', piece)?.dataset.likes ?? '0';
      const more = +count(after) > +count(before);
      before.replaceWith(after);
      if (more) say('This looks like a record that is here already. See above the fields.');
    } catch { /* a later letter was quicker; the server asks again when the form is saved */ }
  };
  const soon = (event) => { if (ASKING.has(event.target.name)) { clearTimeout(pause); pause = setTimeout(alike, PAUSE); } };
  form.addEventListener('input', soon);
  form.addEventListener('change', soon);
  last = told(sent());

  /* drafts */
  const keeper = $('[data-keep]', form);
  const typed = () => { const pairs = sent(); for (const name of ['token', 'draft']) pairs.delete(name); return new URLSearchParams(pairs).toString(); };
  let kept = typed(), keeping = false, leaving = false, changed = false;
  form.addEventListener('input', () => { changed = true; });
  const keep = async (asked) => {
    const now = typed();
    if (keeping || leaving || (!asked && (!changed || now === kept))) return;
    keeping = true;
    try {
      const answer = await post(keeper.formAction, { Accept: 'application/json' });
      const said = await answer.json();
      if (!answer.ok) throw new Error(said.error?.detail);
      form.elements.draft.value = said.draft;
      form.dispatchEvent(new Event('kept'));
      kept = now;
      $('[data-draft-state]', form).textContent = 'draft saved';
      if (asked) toast('Draft saved');
    } catch (problem) { if (asked) toast(problem.message || 'The draft could not be saved; it is kept in this browser.'); }
    keeping = false;
  };
  if (keeper) {
    setInterval(keep, EVERY);
    keeper.addEventListener('click', (event) => { event.preventDefault(); keep(true); });
    form.addEventListener('submit', () => { leaving = true; });
    addEventListener('pageshow', () => { leaving = false; });
  }

  /* what is typed already goes along with a look-up, and comes back where nothing was found */
  on('submit', '[data-start]', (event, start) => {
    $$('[data-along]', start).forEach((each) => each.remove());
    if (!changed) return;
    for (const [name, value] of sent()) {
      if (typeof value !== 'string' || name in start.elements) continue;
      const field = document.createElement('input');
      Object.assign(field, { type: 'hidden', name, value });
      field.dataset.along = '';
      start.append(field);
    }
  });
})();
