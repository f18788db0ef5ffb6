// Nothing that was typed is lost: a class with one unfit name, an answer half made when the hint is opened; a first
// start in letters of three bytes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Driver } from './support/browsers.js';
import { comeIn } from './support/child.js';
import { startServer } from './support/server.js';
import { stage } from './support/stage.js';
import { enterStaff } from './support/teacher.js';

const set = stage();

test('a class with an unfit name comes back as it was typed, then leads to its cards', async () => {
  const { server, browser } = set;
  const context = await browser.newContext({ locale: 'en-GB' });
  const driver = new Driver(await context.newPage(), server.origin);
  await enterStaff(driver, server.staff('teacher'));
  await driver.goto('/teach');
  await driver.tap('details summary');
  const long = 'A name that no line of a class list has room for, whatever the child is called';
  await driver.type('#name', 'Birds');
  await driver.type('#learners', `Ana\n${long}\nBo`);
  await driver.tap('form[action="/teach/classes/new"] button');
  await driver.waitFor(() => document.querySelector('[role="alert"]'), null, 'what is wrong');
  const { page } = driver;
  assert.ok((await page.textContent('[role="alert"]')).includes(long.slice(0, 40)), 'the line is named');
  assert.equal(await page.inputValue('#name'), 'Birds');
  assert.equal(await page.inputValue('#learners'), `Ana\n${long}\nBo`);
  await page.fill('#learners', 'Ana\nBo');
  await driver.tap('form[action="/teach/classes/new"] button');
  await driver.waitFor(() => location.pathname.endsWith('/cards'), null, 'the cards of the new class');
  const id = new URL(page.url()).pathname.split('/')[2];

  await driver.goto(`/class/${id}`);
  await context.clearCookies();
  await driver.goto(`/class/${id}`);
  await driver.tap('.who9 a.tile');
  await driver.waitFor(() => document.querySelector('form[action$="/ask"] button.big'), null, 'the way by the teacher');
  assert.equal(await page.locator('[data-pad]').count(), 0, 'no pad that cannot open');
  await context.close();
});

test('what was typed is still there after a hint', async () => {
  const { server, browser } = set;
  const context = await browser.newContext({ locale: 'en-GB' });
  const driver = new Driver(await context.newPage(), server.origin);
  await comeIn(driver, server.learners(2)[5]);
  const { item } = await openNumber(driver, server);
  await driver.page.fill('#value', '7');
  await driver.tap('form[action$="/hint"] button');
  await driver.waitFor(() => document.querySelector('.fb.h'), null, 'a hint');
  assert.equal(await driver.page.inputValue('#value'), '7');
  await driver.goto(`/learn/items/${item}`);
  assert.equal(await driver.page.inputValue('#value'), '7', 'after a reload too');
  await context.close();
});

/** Opens a question that is answered with a number and has a hint. */
async function openNumber(driver, server) {
  for (let tries = 0; tries < 20; tries += 1) {
    const answer = await driver.page.request.post(`${server.origin}/api/v1/me/items`, { data: { skill: 'numeracy.count.on-to-20' } });
    const made = await answer.json();
    if (made.interaction.type === 'number-entry' && made.hints > 0) {
      await driver.goto(`/learn/items/${made.item}`);
      return made;
    }
  }
  throw new Error('no question with a number in twenty');
}

test('a school with a long name in letters of three bytes is made', async () => {
  const server = await startServer({ demo: false });
  const context = await set.browser.newContext({ locale: 'en-GB' });
  const driver = new Driver(await context.newPage(), server.origin);
  try {
    const name = 'शासकीय प्राथमिक विद्यालय '.repeat(4).trim().slice(0, 80);
    await driver.goto('/');
    await driver.tap('button[name="lang"][value="en"]');
    await driver.waitFor(() => document.querySelector('#school'));
    await driver.type('#school', name);
    await driver.page.selectOption('#country', 'IN');
    await driver.tap('form[action="/setup/school"] button.big');
    await driver.waitFor(() => document.querySelector('#username'), null, 'the third step');
    assert.equal(await driver.page.inputValue('#zone'), 'Asia/Kolkata', "the country's time of day");
    await driver.type('#name', 'Head of the school');
    await driver.type('#username', 'head');
    await driver.type('#password', 'a long sentence');
    await driver.tap('form[action="/setup/owner"] button.big');
    await driver.waitFor(() => !document.querySelector('#password'), null, 'the end of the first start');
    assert.ok((await driver.page.textContent('body')).includes(name), 'the school has its whole name');
    await driver.goto('/setup');
    assert.notEqual(new URL(driver.page.url()).pathname, '/setup', 'a first start that is done leads to the door');
  } finally {
    await context.close();
    await server.stop();
  }
});
