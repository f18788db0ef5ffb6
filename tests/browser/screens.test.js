// Every screen, in each language and theme: axe with all its usual rules finds nothing; nothing is wider than the screen
// at three sizes; every style sheet that has a rule for something on it is asked for; no key stands in place of words; every picture is there; no script fails. Leaves what it saw in
// `screens` beside the folder of the program, for people to look at.

import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';

import { launchChromium } from './support/browsers.js';
import { assertNone } from './support/findings.js';
import { walkScreens } from './support/screens.js';
import { program, startServer } from './support/server.js';

const SIZES = [{ width: 360, height: 640 }, { width: 800, height: 1280 }, { width: 1366, height: 768 }];
const WALKS = [
  { lang: 'en', axe: {}, kept: SIZES },
  { lang: 'fr', axe: {}, kept: SIZES.slice(0, 1) },
  { lang: 'ar-XB', kept: SIZES.slice(0, 1), short: true },
  { lang: 'en', theme: 'dim', axe: { runOnly: ['color-contrast'] }, kept: SIZES.slice(0, 1), short: true },
];

const require = createRequire(import.meta.url);
const pictures = process.env.CHALKBOX_SCREENS ?? (program && join(dirname(program), '..', 'screens'));
const SHEETS = fileURLToPath(new URL('../../server/web/static/', import.meta.url));
let axe;
let browser;
let sheets;

before(async () => {
  const names = (await readdir(SHEETS)).filter((name) => name.endsWith('.css'));
  sheets = await Promise.all(names.map(async (name) => [name.slice(0, -4), await readFile(join(SHEETS, name), 'utf8')]));
  axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  browser = await launchChromium();
});

after(() => browser?.close());

describe('every screen is for everyone, fits and speaks', { concurrency: 2 }, () => {
  for (const walk of WALKS) {
    const name = walk.theme ? `${walk.lang}-${walk.theme}` : walk.lang;
    test(name, async () => {
      const folder = join(pictures, name);
      await mkdir(folder, { recursive: true });
      const server = await startServer();
      const found = [];
      const screens = new Set();
      const heard = new WeakSet();
      const visit = async (page, screen) => {
        screens.add(screen);
        if (!heard.has(page)) listen(page, heard, found);
        found.push(...(await look(page, screen, walk, folder)));
      };
      try {
        const { lang, theme, short } = walk;
        await walkScreens({ browser, server, lang, theme, short, visit });
      } finally {
        await server.stop();
      }
      console.log(`${name}: looked at ${screens.size} screens`);
      assertNone(found);
    });
  }
});

/** Looks at one screen; gives what is wrong with it. */
async function look(page, screen, { lang, axe: rules, kept }, folder) {
  const found = [];
  if (rules) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate((options) => window.axe.run(document, options), { resultTypes: ['violations'], ...rules });
    const hits = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    found.push(...hits.map((fault) => ({ fault, screen })));
  }
  const direction = await page.evaluate(() => document.documentElement.dir);
  if (direction !== (lang === 'ar-XB' ? 'rtl' : 'ltr')) found.push({ fault: `the direction is ${direction}`, screen });
  const unasked = await page.evaluate(sheetsUnasked, sheets);
  found.push(...unasked.map((fault) => ({ fault, screen })));
  for (const size of [...SIZES].reverse()) {
    await page.setViewportSize(size);
    const faults = await page.evaluate(faultsOf, size.width);
    found.push(...faults.map((fault) => ({ fault, screen: `${screen} ${size.width}` })));
    if (kept.includes(size)) await page.screenshot({ path: join(folder, `${screen}-${size.width}.png`) });
  }
  return found;
}

function listen(page, heard, found) {
  heard.add(page);
  page.on('pageerror', (error) => found.push({ fault: `script: ${error.message}`, screen: page.url() }));
  page.on('requestfailed', (request) => {
    const reason = request.failure().errorText;
    if (reason !== 'net::ERR_ABORTED') found.push({ fault: `${request.url()}: ${reason}`, screen: page.url() });
  });
}

/** Runs in the page: rules for what is on it that stand in a style sheet which it does not ask for. */
function sheetsUnasked(sheets) {
  const asked = [...document.querySelectorAll('link[rel=stylesheet]')].map((link) => link.getAttribute('href'));
  const selectorsOf = (rules) => [...rules].flatMap((rule) => (rule.selectorText ? rule.selectorText.split(',') : selectorsOf(rule.cssRules || [])));
  const found = [];
  for (const [name, text] of sheets) {
    if (asked.some((href) => href.startsWith(`/static/${name}.`) || href.startsWith(`/static/${name}-rtl.`))) continue;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const still = (selector) => selector.replace(/:(hover|focus|active|checked|before|after|empty|:[a-z-]+)\b/g, '').trim();
    const hit = selectorsOf(sheet.cssRules).map(still).find((selector) => selector && document.querySelector(selector));
    if (hit) found.push(`${hit} is in ${name}.css, which the page does not ask for`);
  }
  return found;
}

/** Runs in the page: what is wrong with it to the eye of a program. */
async function faultsOf(width) {
  const faults = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > width) {
    const out = [...document.body.querySelectorAll('*')].find((e) => e.getBoundingClientRect().right > width + 1);
    faults.push(`${wide} wide, such as ${out ? out.outerHTML.slice(0, 90) : 'nothing that shows'}`);
  }
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  for (const image of document.images) {
    if (!image.naturalWidth) faults.push(`no picture at ${image.getAttribute('src')}`);
  }
  for (const use of document.querySelectorAll('use')) {
    const name = use.getAttribute('href') || use.getAttribute('xlink:href') || '';
    if (name.startsWith('#') && !document.getElementById(name.slice(1))) faults.push(`no drawing ${name}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const texts = [document.title];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement.closest('script, style, .addr')) texts.push(node.textContent);
    } else {
      for (const name of ['aria-label', 'alt', 'title', 'placeholder', 'data-say']) texts.push(node.getAttribute(name) || '');
    }
  }
  for (const text of texts) {
    if (/^\s*[a-z]+(-[a-z0-9]+)+\s*$|⟦|\{\s*\$|\bundefined\b|\bNaN\b/.test(text)) faults.push(`a key for words: ${text.trim()}`);
  }
  return faults;
}
