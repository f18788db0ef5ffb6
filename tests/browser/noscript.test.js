// The child's path without any script: links and forms alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Driver } from './support/browsers.js';
import { comeIn, playToMastery } from './support/child.js';
import { Solver } from './support/solver.js';
import { stage } from './support/stage.js';

const set = stage();

test('with script off a child comes in and masters a skill', async () => {
  const { server, browser } = set;
  const learner = server.learners(2)[2];
  const context = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false, viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  const driver = new Driver(page, server.origin);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await comeIn(driver, learner);
  const { answers, words } = await playToMastery(driver, new Solver(server));
  console.log(`without script: mastered after ${answers} answers: ${words}`);
  assert.ok(asked.every((url) => !url.endsWith('.js')), 'no script was fetched');
  const teacher = await server.api(server.staff('teacher'));
  const progress = await teacher('GET', `/classes/${learner.class}/progress`);
  assert.ok(progress.learners.find(({ id }) => id === learner.id).states.includes('mastered'));
  await context.close();
});
