/* Importing: how far the work is, without loading the page again; files dropped on the form. */
(() => {
  'use strict';
  const { $, $$, say, plural } = window.litbase;

  const working = $('[data-working]');
  if (working) {
    const look = async () => {
      try {
        const answer = await fetch(working.dataset.working, { headers: { Accept: 'application/json' } });
        if (answer.ok) {
          const { state, percent } = await answer.json();
          if (!['reading', 'adding', 'undoing'].includes(state)) { location.reload(); return; }
          $('[data-percent]', working).textContent = percent;
          $('.progress .done', working).setAttribute('width', percent);
          if (percent) $('[data-waits]', working)?.remove();
        } else if (answer.status < 500 && answer.status !== 429) { location.reload(); return; }
      } catch { /* the server may be back in a moment */ }
      setTimeout(look, 1000);
    };
    setTimeout(look, 500);
  }

  const zone = $('[data-dropzone]');
  if (zone) {
    const input = $('input[type=file]', zone);
    ['dragenter', 'dragover'].forEach((name) => zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add('over'); }));
    ['dragleave', 'drop'].forEach((name) => zone.addEventListener(name, () => zone.classList.remove('over')));
    zone.addEventListener('drop', (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    input.addEventListener('change', () => say(`${plural(input.files.length, 'file', 'files')} chosen`));
  }

  /* a form is sent once */
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.closest('.imports') || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = '1';
  });
  addEventListener('pageshow', () => $$('form[data-sent]').forEach((form) => { delete form.dataset.sent; }));
})();
