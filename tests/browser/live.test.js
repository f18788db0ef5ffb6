// A teacher's open page follows a child within a second, without a reload.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Driver } from './support/browsers.js';
import { answerRight, comeIn, openItem, takeFirstCard } from './support/child.js';
import { Solver } from './support/solver.js';
import { stage } from './support/stage.js';
import { enterStaff, tileOf } from './support/teacher.js';

const NEWS_MS = 1000;
/** Checks, a tenth of a second apart, in which nothing changes. */
const QUIET_CHECKS = 10;
const set = stage();

test("a teacher's open page shows an answer within a second, without a reload", async () => {
  const { server, browser } = set;
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

  const before = await settledTile(today, learner.id);
  const changed = today.waitForFunction(
    ([id, old]) => {
      const tile = document.querySelector(`[data-learner="${id}"]`) || document.querySelector(`a[href$="/learner/${id}"]`);
      return tile && tile.textContent.trim() !== old && Date.now();
    },
    [learner.id, before], { polling: 10, timeout: 10_000 },
  );
  await driver.page.evaluate(() => {
    document.addEventListener('submit', () => sessionStorage.setItem('answered', String(Date.now())), true);
  });
  await answerRight(driver, solver);
  const answered = Number(await driver.page.evaluate(() => sessionStorage.getItem('answered')));
  const seen = await (await changed).jsonValue();
  console.log(`news ${seen - answered} ms after the child's touch`);
  assert.ok(answered > 0 && seen >= answered, 'nothing but the answer changed the page');
  assert.ok(seen - answered <= NEWS_MS, `the page showed it after ${seen - answered} ms`);
  assert.ok(await today.evaluate(() => window.isStillThere), 'the page was not loaded again');
  assert.notEqual(await tileOf(today, learner.id), before);
  await Promise.all([teachers.close(), children.close()]);
});

/** What Today says of a child once the news of coming in have arrived: the same for a while. */
async function settledTile(page, learner) {
  let words = await tileOf(page, learner);
  for (let same = 0; same < QUIET_CHECKS;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = await tileOf(page, learner);
    same = now === words ? same + 1 : 0;
    words = now;
  }
  return words;
}
