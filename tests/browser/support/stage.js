// A box and a browser for the tests of one file: started before them, ended after them.

import { after, before } from 'node:test';

import { launchChromium } from './browsers.js';
import { startServer } from './server.js';

/** What `server` and `browser` are while the tests of the calling file run. `launch` starts another browser. */
export function stage(launch = launchChromium) {
  const set = {};
  before(async () => {
    [set.server, set.browser] = await Promise.all([startServer(), launch()]);
  });
  after(async () => {
    await set.browser?.close();
    await set.server?.stop();
  });
  return set;
}
