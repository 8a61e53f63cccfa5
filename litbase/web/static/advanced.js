/* The advanced search: the query and its number of records follow what is typed; rows come and go without a new page. */
(() => {
  'use strict';
  const { $, $$, on, piece, say, plural } = window.litbase;
  const form = $('[data-advanced]');
  if (!form) return;
  const asked = (act) => `${form.action}?${new URLSearchParams([...new FormData(form), ...(act ? [['do', act]] : [])])}`;
  let pause, running;
  const preview = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const found = await piece(asked(), 'preview', running.signal);
      $('#preview').replaceWith(found.getElementById('preview'));
      say(plural(+$('#preview').dataset.total, 'record', 'records'));
    } catch { /* a later letter was quicker; the query of before stays until the next */ }
  };
  const later = () => { clearTimeout(pause); pause = setTimeout(preview, 250); };
  form.addEventListener('input', later);
  /* nothing of what is typed meanwhile is lost: it is put into the rows that come */
  on('click', '[data-rowact]', async (event, button) => {
    event.preventDefault();
    const act = button.value, gone = act.startsWith('remove-') ? +act.slice(7) - 1 : -1;
    const before = $$('[name=words]', form).map((field) => field.value);
    let content;
    try { content = await piece(asked(act), 'rows'); } catch { form.requestSubmit(button); return; }
    const now = $$('[name=words]', form).map((field) => field.value), old = $('#rows');
    old.replaceWith(content.getElementById('rows'));
    const fields = $$('[name=words]', form);
    now.forEach((text, n) => { if (n !== gone && text !== before[n]) fields[gone >= 0 && n > gone ? n - 1 : n].value = text; });
    fields[gone < 0 ? fields.length - 1 : Math.min(gone, fields.length - 1)].focus();
    say(plural(fields.length, 'row', 'rows'));
    later();
  });
})();
