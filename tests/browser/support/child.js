// A child: from the class picture through face and three pictures to the path, and through questions. Touches and types
// only; what the child knows comes from the solver.

/** Goes from the welcome page to the own path. */
export async function comeIn(driver, learner) {
  await driver.goto('/');
  await driver.tap(`a.tile[href="/class/${learner.class}"]`);
  await findFace(driver, `/class/${learner.class}/${learner.id}`);
  for (const [at, picture] of learner.pictures.entries()) {
    const touched = await driver.waitFor(
      (count) => document.querySelectorAll('.slots i').length === 3 && document.querySelectorAll('.slots i.on').length === count,
      at, `${at} pictures touched`,
    );
    if (touched) await driver.tap(`[data-picture="${picture}"]`);
  }
  await driver.waitFor(() => location.pathname === '/learn', null, 'the path');
}

async function findFace(driver, href) {
  for (;;) {
    const here = await driver.waitFor(
      (wanted) => document.querySelector('.who9') && { found: !!document.querySelector(`a.tile[href="${wanted}"]`), page: location.search },
      href, 'faces',
    );
    if (here.found) break;
    await driver.tap('nav.pg a.p');
    await driver.waitFor((page) => location.search !== page, here.page, 'more faces');
  }
  await driver.tap(`a.tile[href="${href}"]`);
}

/** Takes the first card and reads on to its first question. */
export async function takeFirstCard(driver) {
  await driver.tap('a.pick.one');
  await driver.waitFor(() => location.pathname !== '/learn', null, 'what is behind the card');
  await readOn(driver);
}

/** Reads a lesson to its end; at once done where there is none. */
export async function readOn(driver) {
  for (;;) {
    const step = await driver.waitFor(
      () => (document.querySelector('form[data-answer]') && 'question') || (document.querySelector('.steps a.p') && location.pathname),
      null, 'a lesson or a question',
    );
    if (step === 'question') return;
    await driver.tap('.steps a.p');
    await driver.waitFor((path) => location.pathname !== path, step, 'the next step of the lesson');
  }
}

/** The sealed item of the question that is open. */
export async function openItem(driver) {
  return driver.waitFor(() => {
    const form = document.querySelector('form[data-answer]');
    return form && form.getAttribute('data-item');
  }, null, 'a question');
}

/** Puts a response into the open form and sends it, by touching and typing. */
export async function give(driver, response) {
  const { type } = response;
  if (type === 'skipped') return driver.tap('button[name="skip"]');
  if (type === 'choice') {
    const kind = await driver.evaluate(() => document.querySelector('form[data-answer]').getAttribute('data-answer'));
    for (const id of response.ids) await tapOption(driver, id);
    if (kind === 'one') return undefined;
  } else if (type === 'text' || type === 'number') {
    await giveWritten(driver, response.value);
  } else if (type === 'count') {
    for (let at = 0; at < response.value; at += 1) {
      await driver.tapFound((n) => document.querySelectorAll('.taps label')[n], at);
    }
  } else if (type === 'order') {
    for (const [at, id] of response.ids.entries()) await choose(driver, `pos-${id}`, String(at + 1));
  } else if (type === 'pairs') {
    for (const [left, right] of response.pairs) await choose(driver, `pair-${left}`, right);
  } else {
    throw new Error(`no child can give a response of type ${type}`);
  }
  return driver.tap('[data-done]');
}

/** Answers right and waits for what is said of it. */
export async function answerRight(driver, solver) {
  const item = await openItem(driver);
  const { solution } = await solver.solve(item);
  await give(driver, solution.response);
  await hearFeedback(driver);
  return item;
}

/** Waits for what is said of an answer. */
export async function hearFeedback(driver) {
  const said = await driver.waitFor(
    () => (document.querySelector('[data-next]') && 'feedback') || (document.querySelector('[role="alert"]') || {}).textContent,
    null, 'feedback',
  );
  if (said !== 'feedback') throw new Error(`the answer was not taken: ${said}`);
}

/** Goes on after feedback: to the next question (true) or to the end of the go (false). */
export async function goOn(driver) {
  await driver.tap('[data-next]');
  const next = await driver.waitFor(
    () => !document.querySelector('[data-next]')
      && ((document.querySelector('form[data-answer]') && 'question') || (document.querySelector('main.done') && 'done')),
    null, 'the next question or the end',
  );
  return next === 'question';
}

/** Takes the first card and answers until its skill is mastered. Gives `{answers, words}`. */
export async function playToMastery(driver, solver, { most = 30 } = {}) {
  await takeFirstCard(driver);
  for (let answers = 1; answers <= most; answers += 1) {
    await answerRight(driver, solver);
    if (await goOn(driver)) continue;
    const end = await driver.evaluate(() => ({
      words: document.querySelector('h1').textContent,
      again: !!document.querySelector('a[href^="/learn/practise"]'),
    }));
    if (!end.again) return { answers, words: end.words };
    await driver.tap('a[href^="/learn/practise"]');
    await openItem(driver);
  }
  throw new Error(`not mastered after ${most} right answers`);
}

async function tapOption(driver, id) {
  await driver.tapFound((wanted) => {
    const input = [...document.querySelectorAll('[name="ids"]')].find((e) => e.value === wanted);
    return input && (input.closest('label') || input);
  }, id);
}

async function giveWritten(driver, value) {
  if (await driver.evaluate(() => !!document.querySelector('#top'))) {
    const [top, bottom] = value.split('/');
    await write(driver, '#top', top);
    return write(driver, '#bottom', bottom);
  }
  if (await driver.evaluate(() => document.querySelector('#value').type === 'range')) {
    return driver.evaluate((wanted) => {
      const range = document.querySelector('#value');
      range.value = wanted;
      range.dispatchEvent(new Event('input', { bubbles: true }));
      range.dispatchEvent(new Event('change', { bubbles: true }));
      return true;
    }, value);
  }
  return write(driver, '#value', value);
}

/** Puts a thing in its place, or a tile to its partner: by touch where the page offers it, else in the list. */
async function choose(driver, name, value) {
  const isTouched = await driver.evaluate((field) => document.getElementById(field).hidden, name);
  if (isTouched && name.startsWith('pos-')) {
    return driver.tapFound((field) => document.getElementById(field).closest('li').querySelector('button'), name);
  }
  if (isTouched) {
    await driver.tapFound((id) => [...document.querySelectorAll('[data-tile]')].find((e) => e.dataset.tile === id).querySelector('button'), value);
    return driver.tapFound((field) => document.getElementById(field).closest('li').querySelector('button'), name);
  }
  return driver.evaluate(([field, wanted]) => {
    const list = document.getElementById(field);
    list.value = wanted;
    list.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  }, [name, value]);
}

/** Touches the digits below a field where the page has them, else types. */
async function write(driver, selector, text) {
  const keys = await driver.evaluate(() => [...document.querySelectorAll('.keys button')].map((key) => key.textContent));
  if (keys.length === 0 || [...text].some((sign) => !keys.includes(sign))) return driver.type(selector, text);
  await driver.tap(selector);
  for (const sign of text) {
    await driver.tapFound((wanted) => [...document.querySelectorAll('.keys button')].find((key) => key.textContent === wanted), sign);
  }
  return undefined;
}
