// Cards for the way in: a teacher makes them, a tablet photographs one and is in; the card from before opens nothing.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { Driver } from './support/browsers.js';
import { stage } from './support/stage.js';
import { enterStaff } from './support/teacher.js';

const require = createRequire(import.meta.url);
const set = stage();

test('a card that was printed opens the path of its child, until new ones are made', async () => {
  const { server, browser } = set;
  const learner = server.learners(0)[3];
  const class2 = server.learners(1)[0].class;
  const desk = await browser.newContext({ locale: 'en-GB', viewport: { width: 800, height: 1280 } });
  const driver = new Driver(await desk.newPage(), server.origin);
  await enterStaff(driver, server.staff('teacher'));

  const all = await makeCards(driver, `/teach/${learner.class}/cards`);
  assert.equal(all.length, 20, 'one for each child');
  assert.equal(new Set(all.map(({ address }) => address)).size, 20, 'no two alike');
  const faces = await (await desk.request.get(`${server.origin}/api/v1/classes/${learner.class}/learners`)).json();
  const { display_name: name } = faces.find(({ id }) => id === learner.id);
  const mine = all.find((card) => card.name === name);
  assert.ok(mine, 'the list names the child');
  assert.equal(mine.pictures, 0, 'the pictures that the child knows stay');
  assert.ok(!mine.address.includes(learner.id), 'a card says nothing of whom');
  assert.equal(await photographed(browser, server, mine.address), '/learn');

  const [again] = await makeCards(driver, `/teach/${learner.class}/cards?learner=${learner.id}`, true);
  assert.equal(again.pictures, 3, 'new pictures were asked for');
  assert.equal(await photographed(browser, server, again.address), '/learn');
  assert.notEqual(await photographed(browser, server, mine.address), '/learn', 'the card from before ended');
  const other = all.find((card) => card !== mine);
  assert.equal(await photographed(browser, server, other.address), '/learn', 'the other cards stay');

  const refused = await desk.request.get(`${server.origin}/teach/${class2}/cards?learner=${learner.id}`);
  assert.equal(refused.status(), 404, 'a child of another class is not there');
  await desk.close();
});

/** Makes cards at the page that asks; gives what can be read off them: name, number of new pictures, address. */
async function makeCards(driver, path, pictures = false) {
  await driver.goto(path);
  if (pictures) await driver.tap('#pictures');
  await driver.tap('form.card button.p');
  await driver.waitFor(() => document.querySelector('.cut'), null, 'cards to print');
  const reader = await readFile(require.resolve('jsqr/dist/jsQR.js'), 'utf8');
  await driver.page.evaluate(reader);
  const rows = await driver.page.evaluate(() => [...document.querySelectorAll('.list tbody tr')].map((row) => ({
    name: row.querySelector('th').textContent.trim(),
    pictures: row.querySelectorAll('.pics svg').length,
  })));
  const codes = await driver.page.locator('.cut .qr').all();
  assert.equal(codes.length, rows.length, 'a card for each line of the list');
  const cards = [];
  for (const [at, code] of codes.entries()) {
    const picture = (await code.screenshot()).toString('base64');
    const address = await driver.page.evaluate(decode, picture);
    cards.push({ ...rows[at], address });
  }
  return cards;
}

/** Runs in the page: what a camera reads. */
async function decode(base64) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
  const context = canvas.getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const found = window.jsQR(data, bitmap.width, bitmap.height);
  if (!found) throw new Error('no code can be read');
  return found.data;
}

/** Where a tablet ends up that follows the address of a card. */
async function photographed(browser, server, address) {
  const tablet = await browser.newContext();
  const page = await tablet.newPage();
  await page.goto(new URL(new URL(address).pathname, server.origin).href);
  const { pathname } = new URL(page.url());
  await tablet.close();
  return pathname;
}
