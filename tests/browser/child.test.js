// A child from the class picture to a mastered skill, by touching and typing; the class view knows it at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Driver } from './support/browsers.js';
import { comeIn, playToMastery } from './support/child.js';
import { Solver } from './support/solver.js';
import { stage } from './support/stage.js';

const set = stage();

test('a child comes in by pictures and masters a skill by right answers', async () => {
  const { server, browser } = set;
  const learner = server.learners(2)[0];
  const context = await browser.newContext({ locale: 'en-GB' });
  const driver = new Driver(await context.newPage(), server.origin);
  const solver = new Solver(server);
  await comeIn(driver, learner);
  const { answers, words } = await playToMastery(driver, solver);
  console.log(`mastered after ${answers} answers: ${words}`);

  const teacher = await server.api(server.staff('teacher'));
  const progress = await teacher('GET', `/classes/${learner.class}/progress`);
  const row = progress.learners.find(({ id }) => id === learner.id);
  assert.ok(row.states.includes('mastered'), 'the class view shows the mastered skill');
  await context.close();
});
