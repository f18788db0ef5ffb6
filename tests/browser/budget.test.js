// What the first question costs a cold browser: bytes over the air, requests, and none of them to anybody but the box.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Driver } from './support/browsers.js';
import { openItem } from './support/child.js';
import { stage } from './support/stage.js';

const MOST_BYTES = 60_000;
const MOST_REQUESTS = 10;
const set = stage();

test('from the welcome page to the first question: at most 60 kB, 10 requests, all to the box', async () => {
  const { server, browser } = set;
  const { class: id } = server.learners(0)[0];
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  const sent = new Map();
  let bytes = 0;
  const wire = await context.newCDPSession(page);
  await wire.send('Network.enable');
  wire.on('Network.requestWillBeSent', ({ requestId, request, redirectResponse }) => {
    if (redirectResponse) {
      bytes += redirectResponse.encodedDataLength;
      sent.set(`${requestId} before`, sent.get(requestId));
    }
    sent.set(requestId, `${request.method} ${request.url}`);
  });
  wire.on('Network.requestServedFromCache', ({ requestId }) => sent.delete(requestId));
  wire.on('Network.responseReceived', ({ requestId, response }) => response.fromDiskCache && sent.delete(requestId));
  wire.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });

  const driver = new Driver(page, server.origin);
  await driver.goto('/');
  await driver.tap(`a.tile[href="/class/${id}"]`);
  const face = await driver.waitFor(() => (document.querySelector('.who9 a.tile') || { pathname: '' }).pathname, null, 'a face');
  await driver.tap(`a.tile[href="${face}"]`);
  const learner = server.learners(0).find((one) => face.endsWith(`/${one.id}`));
  for (const [at, picture] of learner.pictures.entries()) {
    await driver.waitFor(
      (count) => document.querySelectorAll('.slots i').length === 3 && document.querySelectorAll('.slots i.on').length === count,
      at, 'the pictures',
    );
    await driver.tap(`[data-picture="${picture}"]`);
  }
  await driver.waitFor(() => location.pathname === '/learn', null, 'the path');
  await driver.tap('a.pick[href^="/learn/practise"]');
  await openItem(driver);
  await page.waitForLoadState('networkidle');

  const asked = [...sent.values()].filter((line) => !line.includes(' data:'));
  console.log(`first question: ${bytes} bytes of ${MOST_BYTES}, ${asked.length} requests of ${MOST_REQUESTS}`);
  for (const line of asked) console.log(`  ${line.replace(server.origin, '').replace(/[0-9a-zA-Z_-]{32,}/g, '…')}`);
  assert.deepEqual(asked.filter((line) => !line.includes(` ${server.origin}/`)), [], 'only the box is asked');
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
  assert.ok(asked.length <= MOST_REQUESTS, `${asked.length} requests`);
  await context.close();
});
