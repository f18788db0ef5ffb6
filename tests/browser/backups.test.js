// Backups by a technologist and privacy by a leader: a backup is saved to the device and to a stick, checked, looked into;
// the same by links and forms alone; a child is erased, and a tablet's waiting answer is told to the teacher.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Driver, launchChromium } from './support/browsers.js';
import { comeIn, give, openItem, takeFirstCard } from './support/child.js';
import { startServer } from './support/server.js';
import { Solver } from './support/solver.js';
import { enterStaff } from './support/teacher.js';

const WORK_MS = 120_000;
let media;
let server;
let browser;

before(async () => {
  media = await mkdtemp(join(tmpdir(), 'chalkbox-media-'));
  await mkdir(join(media, 'BLUE', 'chalkbox'), { recursive: true });
  [server, browser] = await Promise.all([startServer({ settings: `[sticks]\nfolders = ["${media}"]\nown_disk = true\n` }), launchChromium()]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  if (media) await rm(media, { recursive: true, force: true });
});

async function open(options) {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 360, height: 640 }, ...options });
  return { context, driver: new Driver(await context.newPage(), server.origin) };
}

/** Sends a form, and marks the page that it leaves: what stands there is of the work before. */
async function send(driver, selector) {
  await driver.evaluate(() => {
    window.isLeft = true;
  });
  await driver.tap(selector);
}

/** Waits until the work on backups is done, over any number of pages that look again; gives what came of it. */
async function outcome(driver) {
  const until = Date.now() + WORK_MS;
  for (;;) {
    const said = await driver.evaluate(() => {
      const work = !window.isLeft && document.querySelector('[data-part="job"] [role="status"]');
      return work && !work.querySelector('progress') && { text: work.textContent, failed: work.classList.contains('st-x') };
    }).catch(() => null);
    if (said) return said;
    assert.ok(Date.now() < until, `the work did not end at ${driver.path()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function saveToDevice(driver) {
  await driver.goto('/admin/backups');
  const arrives = driver.page.waitForEvent('download');
  await driver.tap('form[action="/admin/backups/download"] button');
  const download = await arrives;
  assert.match(download.suggestedFilename(), /^chalkbox-backup-\d{4}-\d\d-\d\d\.tar$/);
  assert.equal(await download.failure(), null);
  return readFile(await download.path());
}

test('a backup is saved to the device and to a stick, checked, and looked into before it would be brought back', async () => {
  const { context, driver } = await open();
  await enterStaff(driver, server.staff('technologist'));
  await driver.goto('/admin');
  assert.match(await driver.page.textContent('main'), /No backup was made outside of this box yet/);
  const file = await saveToDevice(driver);
  assert.ok(file.length > 10_000 && file.includes('chalkbox-backup-'), `${file.length} bytes`);
  await driver.goto('/admin/backups');
  const sent = await driver.page.textContent('[data-part="job"]');
  assert.match(sent, /It was sent to your device/);
  assert.doesNotMatch(sent, /read back|stick/);
  await driver.goto('/admin');
  assert.doesNotMatch(await driver.page.textContent('main'), /No backup was made/);

  await driver.goto('/admin/backups');
  await send(driver, 'form[action="/admin/backups/stick"] button');
  let said = await outcome(driver);
  assert.ok(!said.failed && said.text.includes('BLUE') && /may be taken out/.test(said.text), said.text);

  await driver.goto('/admin/backups');
  const onStick = await driver.evaluate(() => [...document.querySelectorAll('#checked option')].find((o) => o.textContent.startsWith('BLUE')).value);
  await driver.page.selectOption('#checked', onStick);
  await send(driver, 'button[name="drill"][value="0"]');
  said = await outcome(driver);
  assert.ok(!said.failed && /entries were read/.test(said.text), said.text);

  await driver.goto('/admin/backups');
  await driver.tapFound(() => document.querySelector('#looked').closest('details').querySelector('summary'));
  await driver.page.selectOption('#looked', onStick);
  await send(driver, 'form[action="/admin/backups/look"] button');
  said = await outcome(driver);
  assert.ok(!said.failed, said.text);
  await driver.waitFor(() => document.querySelector('#holds'), null, 'what the backup holds');
  const holds = await driver.page.textContent('#holds');
  assert.match(holds, /learners in 3 classes/);
  assert.match(holds, /Everything in it is here already/);
  await driver.tap('form[action="/admin/backups/forget"] button');
  await driver.waitFor(() => !document.querySelector('#holds'), null, 'that it was forgotten');
  await context.close();
});

test('with script off a backup is saved, and a file is looked into; a broken one changes nothing', async () => {
  const { context, driver } = await open({ javaScriptEnabled: false });
  await enterStaff(driver, server.staff('technologist'));
  const path = join(media, 'saved.tar');
  await writeFile(path, await saveToDevice(driver));
  const broken = join(media, 'broken.tar');
  await writeFile(broken, 'this is no backup');
  for (const [from, failed] of [[broken, true], [path, false]]) {
    await driver.goto('/admin/backups');
    await driver.tapFound(() => document.querySelector('#file').closest('details').querySelector('summary'));
    await driver.page.setInputFiles('#file', from);
    await send(driver, 'form[action="/admin/backups/upload"] button');
    const said = await outcome(driver);
    assert.equal(said.failed, failed, said.text);
    assert.equal(await driver.evaluate(() => !!document.querySelector('#holds')), !failed);
  }
  await context.close();
});

test('with script off a leader gives out what is known of a child, and erases it', async () => {
  const { context, driver } = await open({ javaScriptEnabled: false });
  const learner = server.learners(2)[7];
  await enterStaff(driver, server.staff('leader'));
  await driver.goto('/lead/privacy');
  await driver.tapFound((href) => document.querySelector(`a[href="${href}"]`).closest('details').querySelector('summary'), `/lead/privacy/${learner.id}`);
  await driver.tap(`a[href="/lead/privacy/${learner.id}"]`);
  await driver.waitFor(() => document.querySelector('form[action$="/erase"]'), null, 'the page of the child');
  const name = await driver.evaluate(() => document.querySelector('h1').textContent.trim());

  const arrives = driver.page.waitForEvent('download');
  await driver.tap('form[action$="/export"] button');
  const lines = (await readFile(await (await arrives).path(), 'utf8')).trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines[0].display_name, name);
  assert.ok(lines.slice(1).every((line) => line.id));

  await driver.type('#name', 'Somebody else');
  await driver.tap('form[action$="/erase"] button');
  await driver.waitFor(() => document.querySelector('[role="alert"]'), null, 'that it is another name');
  await driver.type('#name', name);
  await driver.tap('form[action$="/erase"] button');
  await driver.waitFor(() => document.querySelector('[role="status"]'), null, 'that the child is erased');
  assert.match(await driver.page.textContent('main'), /Sticks and files that were taken away before still hold the child/);
  const gone = await driver.page.request.get(`${server.origin}/lead/privacy/${learner.id}`);
  assert.equal(gone.status(), 404);
  const faces = await (await driver.page.request.get(`${server.origin}/api/v1/classes/${learner.class}/learners`)).json();
  assert.ok(faces.length > 0 && faces.every(({ id }) => id !== learner.id));
  await context.close();
});

test('an answer that waits on a tablet is told to the teacher until the child is back', async () => {
  const learner = server.learners(2)[4];
  const { context, driver } = await open();
  await comeIn(driver, learner);
  await takeFirstCard(driver);
  const { solution } = await new Solver(server).solve(await openItem(driver));
  await context.setOffline(true);
  await give(driver, solution.response);
  await driver.waitFor(() => document.querySelector('form.sent'), null, 'that the answer is kept');
  // The child goes on at another tablet: this one may not send in its name any more.
  await server.api({ learner: learner.id, pictures: learner.pictures });
  await context.setOffline(false);

  const desk = await open({ viewport: { width: 800, height: 1280 } });
  await enterStaff(desk.driver, server.staff('teacher'));
  const notes = async () => {
    await desk.driver.goto(`/teach/${learner.class}`);
    return desk.driver.page.textContent('[data-part="note"]');
  };
  const until = Date.now() + 30_000;
  while (!/1 answer waits on/.test(await notes())) assert.ok(Date.now() < until, 'the teacher is not told');
  await comeIn(driver, learner);
  while (/answer waits on/.test(await notes())) assert.ok(Date.now() < until, 'the answer did not come');
  await desk.context.close();
  await context.close();
});
