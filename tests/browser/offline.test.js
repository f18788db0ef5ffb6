// The network goes while a child answers: the answer is kept, the child is told, it is sent once there is a network
// again, and counts once.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Driver } from './support/browsers.js';
import { comeIn, give, openItem, takeFirstCard } from './support/child.js';
import { Solver } from './support/solver.js';
import { stage } from './support/stage.js';

const RESEND_MS = 20_000;
const set = stage();

/** The answers of a learner in the log. */
async function answersOf(technologistCookieCall, learner) {
  const lines = await technologistCookieCall();
  return lines.filter((event) => JSON.stringify(event).includes(learner) && kindOf(event) === 'answered');
}

function kindOf(event) {
  return event.kind ?? event.type ?? event.body?.kind ?? event.body?.type;
}

test('an answer given without a network is kept, told, sent again and counted once', async () => {
  const { server, browser } = set;
  const learner = server.learners(2)[0];
  const context = await browser.newContext({ locale: 'en-GB' });
  const driver = new Driver(await context.newPage(), server.origin);
  await comeIn(driver, learner);
  await takeFirstCard(driver);
  const item = await openItem(driver);
  const { solution } = await new Solver(server).solve(item);

  await context.setOffline(true);
  await give(driver, solution.response);
  const told = await driver.waitFor(() => {
    const state = document.querySelector('[data-state]');
    return state && !state.hidden && state.textContent.trim();
  }, null, 'what the child is told');
  const words = await driver.evaluate(() => document.querySelector('form[data-answer]').getAttribute('data-kept'));
  assert.equal(told, words, 'the child is told that the answer is kept');
  assert.equal((await answersOf(() => log(server), learner.id)).length, 0, 'the box knows nothing yet');

  await context.setOffline(false);
  const until = Date.now() + RESEND_MS;
  let answers = [];
  while (answers.length === 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    answers = await answersOf(() => log(server), learner.id);
  }
  assert.equal(answers.length, 1, 'the box has the answer');
  await driver.page.reload();
  await driver.waitFor(() => document.querySelector('[data-next]'), null, 'what became of the answer');
  await new Promise((resolve) => setTimeout(resolve, 2000));
  assert.equal((await answersOf(() => log(server), learner.id)).length, 1, 'and has it once');
  await context.close();
});

async function log(box) {
  const opened = await fetch(`${box.origin}/api/v1/session`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(box.staff('technologist')),
  });
  const cookie = opened.headers.get('set-cookie').split(';')[0];
  const answer = await fetch(`${box.origin}/api/v1/export/events`, { headers: { cookie } });
  return (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
}
