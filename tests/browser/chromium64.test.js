// The child's path in Chromium 64, on the smallest usual phone.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Driver, launchChromium64 } from './support/browsers.js';
import { answerRight, comeIn, goOn, takeFirstCard } from './support/child.js';
import { Solver } from './support/solver.js';
import { stage } from './support/stage.js';

const WIDTH = 360;
const set = stage(launchChromium64);

test('a child comes in and masters a skill in Chromium 64: nothing wider than 360, no error', async () => {
  const { server, browser: old } = set;
  assert.match(await old.browser.version(), /Chrome\/64\./);
  const page = await old.browser.newPage();
  await page.setViewport({ width: WIDTH, height: 640, isMobile: true, hasTouch: true });
  const troubles = [];
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('requestfailed', (request) => troubles.push(`${request.url()} failed`));
  const wide = new Set();
  const driver = new Driver(page, server.origin);
  // Only whole pages are measured: one that still loads may stand there without its style.
  const look = async () => {
    const seen = await driver.waitFor((most) => {
      if (document.readyState !== 'complete') return null;
      const out = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > most + 1).pop();
      return { width: document.documentElement.scrollWidth, out: out ? out.outerHTML.slice(0, 200) : '', path: location.pathname };
    }, WIDTH, 'a whole page');
    if (seen.width > WIDTH) wide.add(`${seen.path}: ${seen.width} by ${seen.out}`);
  };
  page.on('load', () => look().catch(() => {}));

  await comeIn(driver, server.learners(2)[3]);
  await look();
  const solver = new Solver(server);
  await takeFirstCard(driver);
  let answers = 0;
  for (;;) {
    await look();
    await answerRight(driver, solver);
    answers += 1;
    await look();
    if (await goOn(driver)) continue;
    await look();
    if (!(await driver.evaluate(() => !!document.querySelector('a[href^="/learn/practise"]')))) break;
    assert.ok(answers < 30, 'mastered within thirty right answers');
    await driver.tap('a[href^="/learn/practise"]');
    await driver.waitFor(() => document.querySelector('form[data-answer]'), null, 'a question');
  }
  console.log(`Chromium 64: mastered after ${answers} answers`);
  assert.deepEqual(troubles, []);
  assert.deepEqual([...wide], []);
});
