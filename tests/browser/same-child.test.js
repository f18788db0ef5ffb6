// A child who was entered twice: the teacher says so, sees one child with the work of both, and takes it back.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Driver } from './support/browsers.js';
import { stage } from './support/stage.js';
import { enterStaff } from './support/teacher.js';

const set = stage();

test('two entries become one child and two again', async () => {
  const { server, browser } = set;
  const context = await browser.newContext({ locale: 'en-GB' });
  const driver = new Driver(await context.newPage(), server.origin);
  const { page } = driver;
  const learner = server.learners(0)[0];
  await enterStaff(driver, server.staff('teacher'));
  await driver.goto(`/teach/${learner.class}/learner/${learner.id}`);
  const name = await page.textContent('.who.dark h1');
  const children = async () => {
    await driver.goto(`/teach/${learner.class}`);
    return page.locator(`text="${name}"`).count();
  };
  const before = await children();
  // The same name again, as it happens.
  await driver.goto(`/teach/${learner.class}/let-in`);
  await driver.tap('details summary');
  await page.fill('#learners', name);
  const shown = await page.locator('button[name="learner"]').count();
  await driver.tap('form[action$="/learners"] button');
  await driver.waitFor((n) => document.querySelectorAll('button[name="learner"]').length === n + 1, shown, 'one more child');
  assert.equal(await children(), before + 1);

  await driver.goto(`/teach/${learner.class}/learner/${learner.id}`);
  await driver.tap('a[href^="/teach/same/"]');
  await driver.waitFor(() => document.querySelector('form[action$="/join"]'), null, 'who else it may be');
  const first = page.locator('form[action$="/join"]').first();
  assert.equal(await page.locator('main section .lst > li b').first().textContent(), name, 'the same name stands first');
  await first.locator('button').click();
  await driver.waitFor(() => document.querySelector('form[action$="/part"]'), null, 'that they are one');
  assert.equal(await children(), before, 'one child');

  await driver.goto(`/teach/same/${learner.id}`);
  await driver.tap('form[action$="/part"] button');
  await driver.waitFor(() => !document.querySelector('form[action$="/part"]'), null, 'that they are two');
  assert.equal(await children(), before + 1, 'two again');
  await context.close();
});
