// A teacher's open page follows a child within a second, without a reload.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Driver, launchChromium } from './support/browsers.js';
import { answerRight, comeIn, openItem, takeFirstCard } from './support/child.js';
import { startServer } from './support/server.js';
import { Solver } from './support/solver.js';
import { enterStaff, tileOf } from './support/teacher.js';

const NEWS_MS = 1000;
let server;
let browser;

before(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a teacher's open page shows an answer within a second, without a reload", async () => {
  const learner = server.learners(2)[1];
  const teachers = await browser.newContext({ locale: 'en-GB' });
  const today = await teachers.newPage();
  await enterStaff(new Driver(today, server.origin), server.staff('teacher'));
  await today.goto(`${server.origin}/teach/${learner.class}`);
  await today.evaluate(() => { window.isStillThere = true; });

  const children = await browser.newContext({ locale: 'en-GB' });
  const driver = new Driver(await children.newPage(), server.origin);
  const solver = new Solver(server);
  await comeIn(driver, learner);
  await takeFirstCard(driver);
  await openItem(driver);

  const before = await tileOf(today, learner.id);
  const changed = today.waitForFunction(
    ([id, old]) => {
      const tile = document.querySelector(`[data-learner="${id}"]`) || document.querySelector(`a[href$="/learner/${id}"]`);
      return tile && tile.textContent.trim() !== old && Date.now();
    },
    [learner.id, before], { polling: 10, timeout: 10_000 },
  );
  const feedback = driver.page.waitForResponse((response) => response.request().method() === 'POST').then(() => Date.now());
  await answerRight(driver, solver);
  const acknowledged = await feedback;
  const seen = await (await changed).jsonValue();
  console.log(`news after ${seen - acknowledged} ms`);
  assert.ok(seen - acknowledged <= NEWS_MS, `the page showed it after ${seen - acknowledged} ms`);
  assert.ok(await today.evaluate(() => window.isStillThere), 'the page was not loaded again');
  assert.notEqual(await tileOf(today, learner.id), before);
  await Promise.all([teachers.close(), children.close()]);
});
