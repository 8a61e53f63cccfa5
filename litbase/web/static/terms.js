/* Descriptors, one token each, found in the thesaurus while they are typed: a combobox (APG) above the field of lines,
   which goes on holding what is sent. */
(() => {
  'use strict';
  const { $, on, say } = window.litbase;
  window.litbase.terms = ({ form, make, icon, check, touch }) => {
    const area = $('[data-terms]', form);
    if (!area) return;
    const label = $(`label[for="${area.id}"]`), box = make('div', { class: 'tokens', 'data-tokens': '' });
    const input = make('input', { id: `${area.id}-new`, autocomplete: 'off', placeholder: 'Type to find a descriptor', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': `${area.id}-list`, 'aria-autocomplete': 'list' });
    const list = make('div', { class: 'suggest', id: `${area.id}-list`, role: 'listbox', 'aria-label': 'Descriptors', hidden: '' });
    const question = make('p', { class: 'row small', role: 'status' });
    const hint = $('.hint', area.parentElement);
    if (hint) { hint.textContent = 'Enter adds what is typed, Backspace takes the last one away.'; input.setAttribute('aria-describedby', hint.id); }
    area.hidden = true;
    label.htmlFor = input.id;
    area.after(box, question);
    const values = () => area.value.split(/[\n;]/).map((one) => one.trim()).filter(Boolean);
    const write = (all) => { area.value = [...new Set(all)].join('\n'); draw(); touch(area); };
    const draw = () => {
      const made = values().map((name) => {
        const button = make('button', { type: 'button', 'aria-label': `Remove ${name}` }, icon('x'));
        button.addEventListener('click', () => { write(values().filter((one) => one !== name)); input.focus(); say(`${name} removed`); });
        return make('span', { class: 'token' }, name, button);
      });
      box.replaceChildren(...made, input, list);
    };
    let options = [], chosen = -1, exact = [], checked = true, wait, running;
    const shut = () => { list.hidden = true; chosen = -1; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); };
    const choose = (to) => {
      chosen = to;
      [...list.children].forEach((one, n) => one.setAttribute('aria-selected', n === to));
      if (to < 0) input.removeAttribute('aria-activedescendant');
      else { input.setAttribute('aria-activedescendant', list.children[to].id); list.children[to].scrollIntoView({ block: 'nearest' }); }
    };
    const put = (names) => { question.replaceChildren(); input.value = ''; shut(); write([...values(), ...names]); say(`${names.join(', ')} added`); input.focus(); };
    const ask = async () => {
      running?.abort();
      running = new AbortController();
      const q = input.value.trim();
      if (!q) { options = []; exact = []; shut(); return; }
      try {
        const answer = await fetch(`${form.dataset.findTerms}?${new URLSearchParams({ q })}`, { signal: running.signal });
        const found = await answer.json();
        options = found.terms;
        ({ exact, checked } = found);
      } catch { return; }
      list.replaceChildren(...options.map((term, n) => {
        const option = make('div', { role: 'option', id: `${area.id}-${n}`, 'aria-selected': 'false' }, make('span', {}, term.name), ...(term.other ? [make('small', {}, `for ${term.other}`)] : []));
        option.addEventListener('mousedown', (event) => { event.preventDefault(); put([term.name]); });
        return option;
      }));
      list.hidden = !options.length || document.activeElement !== input;
      input.setAttribute('aria-expanded', String(!list.hidden));
      choose(-1);
    };
    const keyword = (name) => {
      const field = $('[name=keywords]', form), all = field.value.split('\n').filter(Boolean);
      field.value = [...all, name].join('\n');
      input.value = '';
      question.replaceChildren();
      say(`${name} kept as a keyword`);
      touch(area);
      input.focus();
    };
    const enter = async () => {
      const name = input.value.trim();
      if (chosen >= 0) return put([options[chosen].name]);
      if (!name) return undefined;
      clearTimeout(wait);
      await ask();
      if (input.value.trim() !== name) return undefined;
      if (!checked) return put([name]);
      if (exact.length) { put(exact); if (!exact.includes(name)) question.replaceChildren(`${name} is called ${exact.join(' and ')} in the thesaurus.`); return undefined; }
      const as = make('button', { type: 'button', class: 'btn s' }, 'Keep as keyword'), yet = make('button', { type: 'button', class: 'btn s quiet' }, 'Add it all the same');
      as.addEventListener('click', () => keyword(name));
      yet.addEventListener('click', () => put([name]));
      question.replaceChildren(`“${name}” is not in the thesaurus.`, as, yet);
      shut();
      return undefined;
    };
    input.addEventListener('input', () => { question.replaceChildren(); clearTimeout(wait); wait = setTimeout(ask, 120); });
    input.addEventListener('blur', shut);
    input.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (event.key === 'Enter' || (event.key === ';' && input.value.trim())) { event.preventDefault(); enter(); }
      else if (event.key === 'ArrowDown' && options.length) { event.preventDefault(); list.hidden = false; input.setAttribute('aria-expanded', 'true'); choose(chosen >= options.length - 1 ? -1 : chosen + 1); }
      else if (event.key === 'ArrowUp' && !list.hidden) { event.preventDefault(); choose(chosen < 0 ? options.length - 1 : chosen - 1); }
      else if (event.key === 'Escape' && !list.hidden) { event.preventDefault(); event.stopPropagation(); shut(); }
      else if (event.key === 'Backspace' && !input.value && values().length) { const last = values().at(-1); write(values().slice(0, -1)); input.focus(); say(`${last} removed`); }
    });
    input.addEventListener('paste', (event) => {
      const text = event.clipboardData.getData('text');
      if (/[;\n]/.test(text)) { event.preventDefault(); put(text.split(/[;\n]/).map((one) => one.trim()).filter(Boolean)); check('descriptors'); }
    });
    on('click', '[data-suggested]', (event, button) => {
      if (!box.isConnected) return;
      event.preventDefault();
      put([button.value]);
      button.closest('li').remove();
    });
    draw();
  };
})();
