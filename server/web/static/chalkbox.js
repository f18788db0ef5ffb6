// Chalkbox in the browser: what a page gains where a script runs. Every page is whole without it.
// ES2018 and what Chromium 64 has; a module, so older browsers never run it. Nothing here scores or decides.
const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
const make = (tag, name, text) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  if (tag === 'button') node.type = 'button';
  return node;
};
const on = (target, names, act) => names.split(' ').forEach((name) => target.addEventListener(name, act));

// A voice: buttons that speak show themselves once there is a voice for the page's language.
const synth = window.speechSynthesis;
const language = document.documentElement.lang.toLowerCase();
let voice = null;
const speak = (text, then) => {
  if (!voice || !text) return;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = 0.9;
  if (then) words.onend = then;
  synth.speak(words);
};
const speakAll = (tiles) => {
  const tile = tiles.shift();
  if (!tile) return;
  tile.classList.add('said');
  speak(tile.dataset.say, () => {
    tile.classList.remove('said');
    speakAll(tiles);
  });
};
const findVoice = () => {
  if (voice) return;
  const same = (v) => v.lang.toLowerCase().replace('_', '-').split('-')[0] === language.split('-')[0];
  const voices = synth.getVoices().filter(same);
  voice = voices.find((v) => v.localService) || null;
  if (!voice) return;
  all('[data-speak]').forEach((button) => { button.hidden = false; });
  const now = one('[data-speak-now]');
  if (now) speak(now.dataset.speakNow);
};
if (synth) {
  findVoice();
  if (synth.addEventListener) on(synth, 'voiceschanged', findVoice);
  on(document, 'click', (event) => {
    const button = event.target.closest('[data-speak]');
    if (!button) return;
    synth.cancel();
    all('.said').forEach((tile) => tile.classList.remove('said'));
    const first = button === one('[data-speak]');
    speak(button.dataset.speak, first ? () => speakAll(all('[data-say]')) : null);
  });
  on(window, 'pagehide', () => synth.cancel());
}

// Sheets to print.
all('[data-print]').forEach((button) => {
  button.hidden = false;
  on(button, 'click', () => window.print());
});

// The time of day at the school: most likely that of the device in hand.
const zone = one('[data-zone]');
if (zone && zone.value === 'UTC') {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (all('option', zone).some((option) => option.value === here)) zone.value = here;
}

// The picture code: three touches without a page between them.
const pad = one('[data-pad]');
if (pad) {
  const slots = one('[data-slots]');
  const given = new URLSearchParams(location.search).get('p') || '';
  let chosen = all('i.on', slots).length ? given.split(',') : [];
  const show = () => {
    all('i', slots).forEach((slot, k) => slot.classList.toggle('on', k < chosen.length));
    slots.setAttribute('aria-label', slots.dataset.slots.replace('#', chosen.length));
    all('[data-picture]').forEach((key) => key.classList.toggle('used', chosen.includes(key.dataset.picture)));
  };
  on(pad, 'click', (event) => {
    const key = event.target.closest('[data-picture]');
    if (!key) return;
    event.preventDefault();
    if (chosen.length > 2 || chosen.includes(key.dataset.picture)) return;
    chosen.push(key.dataset.picture);
    show();
    if (chosen.length < 3) return;
    const field = make('input');
    field.type = 'hidden';
    field.name = 'pictures';
    field.value = chosen.join(',');
    pad.append(field);
    pad.submit();
  });
  on(one('[data-pad-again]'), 'click', (event) => {
    event.preventDefault();
    chosen = [];
    show();
  });
  on(window, 'pageshow', (event) => {
    if (!event.persisted) return;
    all('[name=pictures][type=hidden]', pad).forEach((field) => field.remove());
    chosen = [];
    show();
  });
}

// Digits to touch, below a field for a number.
const numbers = all('[data-pad-of]');
if (numbers.length) {
  let field = numbers[0];
  const keys = make('div', 'keys');
  const key = (text, act, name) => {
    const button = make('button', name ? `b ${name}` : 'b', text);
    on(button, 'click', () => {
      act();
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    keys.append(button);
  };
  const digit = (d) => key(d, () => {
    if (field.value.length < field.maxLength) field.value += d;
  });
  Array.from('1234567890').forEach(digit);
  if (field.dataset.padOf) digit(field.dataset.padOf);
  keys.setAttribute('role', 'group');
  keys.setAttribute('aria-label', field.labels[0].textContent);
  key(field.dataset.erase, () => { field.value = field.value.slice(0, -1); }, 'rub');
  numbers[numbers.length - 1].closest('.field').after(keys);
  const touch = window.matchMedia('(pointer:coarse)').matches;
  const choose = (next) => {
    field = next;
    numbers.forEach((n) => n.classList.toggle('now', n === field));
  };
  numbers.forEach((n) => {
    // The keyboard of the tablet would cover the question.
    if (touch) n.readOnly = true;
    on(n, 'focus click', () => choose(n));
  });
  choose(field);
}

// Order and partners: touch instead of lists. The lists stay the truth and are what is sent.
const form = one('[data-answer]');

// A half-made answer outlives a hint, a raised hand and a reload.
const HALF = 'chalkbox.half';
const fieldsOf = () => all('input:not([type=hidden]),select', form);
const ticks = (field) => field.type === 'checkbox';
let half = null;
let touched = () => [];
if (form) {
  try {
    half = JSON.parse(sessionStorage.getItem(HALF));
  } catch (blocked) {
    // Then the child begins the answer again.
  }
  if (half && half.key !== form.elements.key.value) half = null;
  if (half) {
    fieldsOf().forEach((field, at) => {
      if (ticks(field)) field.checked = half.fields[at] === true;
      else if (typeof half.fields[at] === 'string') field.value = half.fields[at];
    });
  }
  on(window, 'pagehide', () => {
    const fields = fieldsOf().map((field) => (ticks(field) ? field.checked : field.value));
    const now = { key: form.elements.key.value, fields, touched: touched() };
    try {
      if (form.classList.contains('sent')) sessionStorage.removeItem(HALF);
      else sessionStorage.setItem(HALF, JSON.stringify(now));
    } catch (blocked) {
      // As above.
    }
  });
}

const asButton = (thing) => {
  const button = make('button', 'b');
  thing.replaceWith(button);
  button.append(thing);
  return button;
};
const away = (list) => {
  list.hidden = true;
  return list;
};

const order = form && one('.ord', form);
let unordered = () => false;
if (order) {
  order.classList.add('on');
  const rows = all('li', order).map((row) => {
    const mark = make('i', 'mark2');
    const button = asButton(one('.thing', row));
    button.prepend(mark);
    return { button, mark, list: away(one('select', row)) };
  });
  let line = [];
  const show = () => rows.forEach((row) => {
    const place = line.indexOf(row) + 1;
    row.mark.textContent = place || '';
    row.button.classList.toggle('set', place > 0);
    if (place) row.list.value = String(place);
  });
  rows.forEach((row) => {
    on(row.button, 'click', () => {
      const at = line.indexOf(row);
      line = at < 0 ? line.concat(row) : line.slice(0, at);
      show();
    });
    on(row.list, 'change', () => {
      line = rows.slice().sort((a, b) => a.list.value - b.list.value);
      rows.forEach((r) => { r.mark.textContent = r.list.value; });
    });
  });
  if (half && half.touched) line = half.touched.map((at) => rows[at]).filter(Boolean);
  show();
  touched = () => line.map((row) => rows.indexOf(row));
  unordered = () => line.length < rows.length;
}

const bank = form && one('.bank', form);
if (bank) {
  const tiles = all('[data-tile]', bank).map((item) => ({ id: item.dataset.tile, button: asButton(one('.thing', item)) }));
  bank.classList.add('on');
  let held = null;
  let open = null;
  const rows = all('.prs li', form).map((row) => {
    const list = away(one('select', row));
    const slot = make('button', 'b slot');
    list.after(slot);
    return { list, slot, name: one('label', row).textContent };
  });
  const show = () => {
    rows.forEach(({ list, slot, name }) => {
      const tile = tiles.find((t) => t.id === list.value);
      slot.textContent = tile ? '' : '…';
      if (tile) slot.append(tile.button.firstChild.cloneNode(true));
      slot.setAttribute('aria-label', `${name}: ${list.options[list.selectedIndex].text}`);
      slot.classList.toggle('set', !!tile);
      slot.setAttribute('aria-pressed', open !== null && open.slot === slot);
    });
    tiles.forEach((tile) => {
      tile.button.setAttribute('aria-pressed', tile === held);
      const used = bank.dataset.reuse !== 'true' && rows.some(({ list }) => list.value === tile.id);
      tile.button.classList.toggle('used', used);
    });
  };
  const put = (row, tile) => {
    if (bank.dataset.reuse !== 'true') rows.forEach((r) => { if (r.list.value === tile.id) r.list.value = ''; });
    row.list.value = tile.id;
    held = null;
    open = null;
    show();
  };
  rows.forEach((row) => {
    on(row.slot, 'click', () => {
      if (held) return put(row, held);
      if (row.list.value) row.list.value = '';
      open = open === row ? null : row;
      return show();
    });
    on(row.list, 'change', show);
  });
  tiles.forEach((tile) => on(tile.button, 'click', () => {
    if (open) return put(open, tile);
    held = held === tile ? null : tile;
    return show();
  }));
  show();
}

// Answers: kept on the device before they are sent, sent with the same key until the box says that it has them.
const HOME = 'chalkbox.answer.';
const memory = new Map();
const banner = one('[data-offline]');
let offline = false;
let wanted = null;
let pause = 1000;
let timer = 0;

const keep = (key, entry) => {
  memory.set(key, entry);
  try {
    localStorage.setItem(HOME + key, JSON.stringify(entry));
    return true;
  } catch (full) {
    return false;
  }
};
const forget = (key) => {
  memory.delete(key);
  try {
    localStorage.removeItem(HOME + key);
  } catch (blocked) {
    // What cannot be read cannot be there.
  }
};
const waiting = () => {
  const found = new Map(memory);
  try {
    for (let k = 0; k < localStorage.length; k += 1) {
      const name = localStorage.key(k);
      if (name.startsWith(HOME)) found.set(name.slice(HOME.length), JSON.parse(localStorage.getItem(name)));
    }
  } catch (blocked) {
    // Memory has those of this page.
  }
  // In the order in which they were given: the box believes them one after the other.
  return new Map(Array.from(found).sort((a, b) => a[1].at - b[1].at));
};
const setOffline = (now) => {
  offline = now;
  if (banner) banner.hidden = !now;
  if (!now && wanted) location.href = wanted;
};
const say = (state) => {
  const line = form && one('[data-state]', form);
  if (!line) return;
  one('span', line).textContent = form.dataset[state];
  line.hidden = false;
};

// Sends one answer: 'had' the box has it, 'bad' it never will, 'later' not this person's or nobody's turn now.
const send = async (key, entry) => {
  const body = { response: entry.response, elapsed_ms: entry.elapsed, age_ms: Math.max(0, Math.min(Date.now() - entry.at, 5e9)) };
  const reply = await fetch(entry.api, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(body),
  });
  if (reply.ok || reply.status === 409) return 'had';
  if (reply.status >= 500 || reply.status === 408 || reply.status === 429) throw new Error('busy');
  return [400, 410, 413, 422].includes(reply.status) ? 'bad' : 'later';
};

// What may not be sent now, because another child is signed in here, is told by its items: the teacher then knows.
const tellWaiting = () => {
  const items = Array.from(waiting().values(), ({ api }) => api.split('/')[5]).slice(0, 50);
  if (!items.length) return;
  fetch('/learn/waiting', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ items }),
  }).catch(() => {});
};

let sending = null;
const flush = () => {
  clearTimeout(timer);
  if (sending) return sending;
  sending = (async () => {
    let failed = false;
    const fates = new Map();
    for (const [key, entry] of waiting()) {
      try {
        const fate = await send(key, entry);
        fates.set(key, fate);
        if (fate !== 'later') forget(key);
      } catch (gone) {
        failed = true;
        break;
      }
    }
    sending = null;
    if (!failed) tellWaiting();
    setOffline(failed);
    if (failed) {
      timer = setTimeout(flush, pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, 60000);
    } else {
      pause = 1000;
    }
    settle(fates);
    return fates;
  })();
  return sending;
};

// The open form once its answer was sent: on to what is said of it.
const settle = (fates) => {
  if (!form || !form.classList.contains('sent')) return;
  const fate = fates.get(form.elements.key.value);
  if (fate === 'had') {
    say('kept2');
    location.replace(form.action);
  } else if (fate) {
    form.submit();
  } else {
    say('kept');
  }
};

const responseOf = (kind, fields, button) => {
  const get = (name) => String(fields.get(name) || '').trim();
  const pairs = () => all('select', form).filter((s) => s.value).map((s) => [s.name.slice(5), s.value]);
  if (button && button.name === 'skip') return { type: 'skipped' };
  switch (kind) {
    case 'one': return button && button.name === 'ids' ? { type: 'choice', ids: [button.value] } : null;
    case 'several': return fields.has('ids') ? { type: 'choice', ids: fields.getAll('ids') } : null;
    case 'text': return get('value') ? { type: 'text', value: get('value') } : null;
    case 'number':
    case 'slider': return get('value') ? { type: 'number', value: get('value') } : null;
    case 'fraction': return get('top') && get('bottom') ? { type: 'number', value: `${get('top')}/${get('bottom')}` } : null;
    case 'tap': return { type: 'count', value: fields.getAll('tap').length };
    case 'pairs': return pairs().length ? { type: 'pairs', pairs: pairs() } : null;
    case 'order': {
      const lists = all('select', form).sort((a, b) => a.value - b.value);
      return new Set(lists.map((s) => s.value)).size === lists.length
        ? { type: 'order', ids: lists.map((s) => s.name.slice(4)) } : null;
    }
    default: return null;
  }
};

if (form) {
  let button = null;
  on(form, 'click', (event) => { button = event.target.closest('button:not([type=button])'); });
  on(form, 'change', (event) => {
    const max = Number(form.dataset.max);
    const ticked = all('[name=ids]:checked', form);
    if (max && ticked.length > max) ticked.find((tick) => tick !== event.target).checked = false;
  });
  on(form, 'submit', (event) => {
    if (form.classList.contains('sent')) return event.preventDefault();
    const pressed = event.submitter || button;
    const skip = pressed && pressed.name === 'skip';
    if (!skip && unordered()) {
      event.preventDefault();
      return one('.how', form).classList.add('look');
    }
    const response = responseOf(form.dataset.answer, new FormData(form), pressed);
    const elapsed = Math.round(Math.min(performance.now(), 864e5));
    form.elements.elapsed_ms.value = elapsed;
    if (!response) return undefined;
    event.preventDefault();
    if (pressed && pressed.name) {
      // Should the form have to go the plain way after all, it says what was pressed.
      const field = make('input');
      field.type = 'hidden';
      field.name = pressed.name;
      field.value = pressed.value;
      form.append(field);
      pressed.classList.add('pressed');
    }
    form.classList.add('sent');
    const kept = keep(form.elements.key.value, { api: form.dataset.api, response, elapsed, at: Date.now() });
    if (!kept) say('full');
    return (sending || Promise.resolve()).then(flush);
  });
  if (waiting().has(form.elements.key.value)) form.classList.add('sent');
  on(window, 'beforeunload', (event) => {
    if (!memory.size || !one('[data-state]', form).textContent.includes(form.dataset.full)) return;
    event.preventDefault();
    event.returnValue = '';
  });
}
if (waiting().size) flush();
on(window, 'online', flush);
on(window, 'pageshow', (event) => {
  if (!event.persisted) return;
  all('.sent').forEach((f) => f.classList.remove('sent'));
  flush();
});

// No form goes twice; without the box nobody is led to an empty page, but on as soon as it is back.
on(document, 'submit', (event) => {
  if (event.defaultPrevented) return;
  if (offline || event.target.classList.contains('sent')) return event.preventDefault();
  // A form whose answer is a file leaves its page open, to be used again.
  if ('again' in event.target.dataset) return undefined;
  return event.target.classList.add('sent');
});
on(document, 'click', (event) => {
  const link = event.target.closest('a[href^="/"]');
  if (!link || !offline || event.defaultPrevented) return;
  event.preventDefault();
  wanted = link.href;
  flush();
});

// A page that is asked for again: its parts are put in place. Once the box leads elsewhere, so does the page, and a page
// that has stopped waiting is loaded whole.
const wait = one('[data-wait]');
let busy = false;
let again = false;
const renew = async () => {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    // Waiting is not using: it keeps nobody signed in.
    const headers = wait ? { Accept: 'text/html', 'Chalkbox-Looks-Again': '1' } : { Accept: 'text/html' };
    const reply = await fetch(location.href, { credentials: 'same-origin', headers });
    if (reply.redirected) {
      location.href = reply.url;
    } else if (wait && reply.status === 401) {
      location.reload();
    } else if (reply.ok) {
      const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
      if (wait && !one('[data-wait]', page)) location.reload();
      const sprite = one('.sprite', page);
      if (sprite && one('.sprite')) one('.sprite').replaceWith(sprite);
      all('[data-part]').forEach((part) => {
        const fresh = one(`[data-part="${part.dataset.part}"]`, page);
        if (!fresh || fresh.innerHTML === part.innerHTML) return;
        const held = part.contains(document.activeElement) && document.activeElement.getAttribute('href');
        part.replaceWith(fresh);
        const again2 = held && all('a', fresh).find((a) => a.getAttribute('href') === held);
        if (again2) again2.focus();
      });
    }
    setOffline(false);
  } catch (gone) {
    setOffline(true);
  }
  setTimeout(() => {
    busy = false;
    if (!again) return;
    again = false;
    renew();
  }, 250);
};

// A child who waits for the teacher, a box that is at work: the page stays still and asks.
if (wait) setInterval(renew, wait.dataset.wait * 1000);

// A class as it happens.
const live = one('[data-live]');
if (live) {
  if (window.EventSource) {
    const news = new EventSource(live.dataset.live);
    let known = false;
    on(news, 'message presence hand', renew);
    on(news, 'open', () => {
      if (known) renew();
      known = true;
    });
  }
  setInterval(() => { if (!document.hidden) renew(); }, 60000);
}
