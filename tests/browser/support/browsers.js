// The two browsers: the machine's own Chromium, and Chromium 64, the oldest that the box promises everything to. Both
// are driven by the few verbs of `Driver`.

import { accessSync, constants } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const PATIENCE_MS = 15_000;

/** The machine's Chromium, with a profile of its own. */
export async function launchChromium() {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(isProgram);
  if (!executablePath) throw new Error('no Chromium: apt-get install chromium');
  return chromium.launch({ executablePath, headless: true, args: QUIET });
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Chromium 64, unpacked for this run: `{browser, close}`. */
export async function launchChromium64() {
  const puppeteer = require('puppeteer-core');
  const packed = join(require.resolve('chrome-aws-lambda/package.json'), '..', 'bin', 'chromium.br');
  const folder = await mkdtemp(join(tmpdir(), 'chromium-64-'));
  const executablePath = join(folder, 'chromium');
  await writeFile(executablePath, brotliDecompressSync(await readFile(packed)));
  await chmod(executablePath, 0o755);
  const browser = await puppeteer.launch({ executablePath, headless: true, args: QUIET, userDataDir: join(folder, 'profile') });
  const close = async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { browser, close };
}

/** What a person does with a page, the same for both browsers and with script on or off. */
export class Driver {
  constructor(page, origin) {
    this.page = page;
    this.origin = origin;
  }

  async goto(path) {
    await this.page.goto(this.origin + path);
  }

  /** Runs a function in the page, again if the page goes away meanwhile. */
  async evaluate(body, argument) {
    return this.until(async () => ({ value: await this.page.evaluate(body, argument) })).then(({ value }) => value);
  }

  /** Waits until a function in the page gives something true, over any number of pages. */
  async waitFor(body, argument, what = String(body)) {
    return this.until(() => this.page.evaluate(body, argument), what);
  }

  /** Touches the one element that a function in the page finds, in its middle and only where nothing covers it. */
  async tapFound(find, argument) {
    const wanted = JSON.stringify(argument);
    // Nobody touches what still moves, as it does while pictures arrive.
    let before = null;
    const place = await this.until(async () => {
      const here = await this.page.evaluate(`(${placeOf})((${find})(${wanted}))`);
      const stands = here && before && here.x === before.x && here.y === before.y && here.whole;
      before = here;
      return stands && here;
    }, `something to touch: ${find} ${wanted}`);
    if (place.covered) throw new Error(`at ${this.path()} ${place.name} is covered by ${place.covered}`);
    await this.page.mouse.click(place.x, place.y);
  }

  /** Touches the first visible element of a selector. */
  async tap(selector) {
    await this.tapFound((wanted) => [...document.querySelectorAll(wanted)].find((e) => e.getClientRects().length), selector);
  }

  /** Types into a field. */
  async type(selector, text) {
    await this.until(async () => {
      await this.tap(selector);
      return this.page.evaluate((wanted) => document.activeElement === document.querySelector(wanted), selector);
    }, `the focus in ${selector}`);
    await this.page.keyboard.type(text);
  }

  /** Path and query of the page that is open. */
  path() {
    return this.page.url().slice(this.origin.length);
  }

  async until(attempt, what = 'an answer of the page') {
    const until = Date.now() + PATIENCE_MS;
    let last = '';
    for (;;) {
      try {
        const value = await attempt();
        if (value) return value;
      } catch (error) {
        last = error.message;
        if (!isPassing(last)) throw error;
      }
      if (Date.now() > until) throw new Error(`waited in vain at ${this.path()} for ${what} ${last}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Runs in the page: where to touch an element, once it is scrolled to, and what covers it there. */
function placeOf(element) {
  if (!element) return null;
  element.scrollIntoView({ block: 'center' });
  const box = element.getBoundingClientRect();
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  const name = (e) => e.outerHTML.slice(0, 80);
  const whole = document.readyState === 'complete';
  return { x, y, whole, name: name(element), covered: top && element.contains(top) ? null : top ? name(top) : 'the edge of the window' };
}

/** Whether an error only says that one page made room for the next. */
function isPassing(message) {
  return /context was destroyed|Cannot find context|navigation|not attached|detached|not visible|JSHandle is disposed|No node|does not belong/i.test(message);
}
