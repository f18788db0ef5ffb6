// Every screen that a person can come to, one after the other, in one language. The walk opens each as a person would
// find it; what is done with it there is the caller's.

import { Driver } from './browsers.js';
import { answerRight, comeIn, give, hearFeedback, playToMastery } from './child.js';
import { startServer } from './server.js';
import { Solver } from './solver.js';
import { enterStaff } from './teacher.js';


/** Asks of each skill, to see its kinds of question. */
const ITEMS_OF_A_SKILL = 3;

/**
 * Walks every screen; `visit(page, name)` is awaited on each. A `short` walk leaves out the first start and takes one
 * answer of a kind instead of all.
 * @param {{browser: object, server: object, lang: string, theme?: string, short?: boolean, visit: Function}} walk
 */
export async function walkScreens(walk) {
  const visit = async (page, name) => {
    await page.waitForLoadState('load');
    await walk.visit(page, name);
  };
  if (!walk.short) await walkFirstStart({ ...walk, visit });
  for (const part of [walkDoor, walkLearner, walkStaff]) await part({ ...walk, visit });
}

async function open({ browser, lang, theme }, server) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const cookie = (name, value) => ({ name, value, url: server.origin });
  await context.addCookies([cookie('chalkbox_lang', lang), ...(theme ? [cookie('chalkbox_theme', theme)] : [])]);
  const page = await context.newPage();
  return { context, page, driver: new Driver(page, server.origin) };
}

/** A new box: language, school, owner, done, and a school without a class. */
async function walkFirstStart(walk) {
  const server = await startServer({ demo: false });
  const { context, page, driver } = await open(walk, server);
  try {
    await driver.goto('/');
    await walk.visit(page, 'setup-1-language');
    const choice = walk.lang === 'fr' ? 'fr' : 'en';
    await driver.tap(`button[name="lang"][value="${choice}"]`);
    await driver.waitFor(() => document.querySelector('#school'));
    await context.addCookies([{ name: 'chalkbox_lang', value: walk.lang, url: server.origin }]);
    await driver.goto('/setup/school');
    await walk.visit(page, 'setup-2-school');
    await driver.type('#school', 'River School');
    await driver.tap('form[action="/setup/school"] button.big');
    await driver.waitFor(() => document.querySelector('#owner, #username'));
    await walk.visit(page, 'setup-3-owner');
    await driver.type('#name', 'Head of the school');
    await driver.type('#username', 'head');
    await driver.type('#password', 'a long sentence');
    // Nobody can choose the mirrored language for a school: it only dresses pages.
    await context.addCookies([{ name: 'chalkbox_lang', value: choice, url: server.origin }]);
    await driver.tap('form[action="/setup/owner"] button.big');
    await driver.waitFor(() => !document.querySelector('#password'), null, 'the end of the first start');
    if (walk.lang === choice) await walk.visit(page, 'setup-4-done');
    await context.addCookies([{ name: 'chalkbox_lang', value: walk.lang, url: server.origin }]);
    await driver.goto('/teach');
    await walk.visit(page, 'classes-none');
    await driver.goto('/admin');
    await walk.visit(page, 'box-new');
    await context.clearCookies({ name: 'chalkbox_session' });
    await driver.goto('/');
    await walk.visit(page, 'welcome-none');
  } finally {
    await context.close();
    await server.stop();
  }
}

/** Before anybody is signed in. */
async function walkDoor(walk) {
  const { server } = walk;
  const { context, page, driver } = await open(walk, server);
  const learner = server.learners(1)[19];
  const code = `/class/${learner.class}/${learner.id}`;
  const addresses = {
    welcome: '/',
    language: '/language?back=%2F',
    help: '/help?back=%2F',
    faces: `/class/${learner.class}`,
    'faces-last': `/class/${learner.class}?page=2`,
    code,
    'code-two': `${code}?p=2,7`,
    staff: '/staff',
    'error-not-found': '/nowhere',
    'error-no-class': '/class/0',
    'error-signed-out': '/learn',
    'error-card': '/card/none',
    bye: `/bye?back=${encodeURIComponent(`/class/${learner.class}`)}`,
  };
  for (const [name, address] of Object.entries(addresses)) {
    await driver.goto(address);
    await walk.visit(page, name);
  }
  await enterWrong(driver, code, learner.pictures);
  await walk.visit(page, 'code-not-these');
  for (let tries = 0; tries < 5; tries += 1) await enterWrong(driver, code, learner.pictures);
  await walk.visit(page, 'code-pause');
  await driver.tap('form[action$="/ask"] button');
  await driver.waitFor(() => location.pathname.endsWith('/ask'));
  await walk.visit(page, 'ask-teacher');
  await driver.goto('/staff');
  await driver.type('#username', 'nobody');
  await driver.type('#password', 'not the one');
  await driver.tap('form[action="/staff"] button.big');
  await driver.waitFor(() => document.querySelector('[role="alert"]'));
  await walk.visit(page, 'staff-not-known');
  await context.close();
}

async function enterWrong(driver, code, right) {
  const wrong = [right[1], right[0]];
  await driver.goto(`${code}?p=${wrong.join(',')}`);
  const third = right[2] === 9 ? 8 : 9;
  const free = [third, 7, 6, 5, 4].find((n) => !wrong.includes(n));
  await driver.tap(`[data-picture="${free}"]`);
  await driver.waitFor(() => document.querySelector('[role="alert"]'), null, 'what is said of wrong pictures');
}

/** A child at work, with a question of every kind that the tools ask. */
async function walkLearner(walk) {
  const { server } = walk;
  const { context, page, driver } = await open(walk, server);
  const begun = server.learners(0)[0];
  await comeIn(driver, begun);
  await walk.visit(page, 'path');
  await driver.goto('/learn/map');
  await walk.visit(page, 'map');
  await driver.tap('a.str');
  await driver.waitFor(() => location.pathname.startsWith('/learn/map/'));
  await walk.visit(page, 'road');
  await driver.goto('/help?back=%2Flearn');
  await walk.visit(page, 'help-child');
  await driver.goto('/teach');
  await walk.visit(page, 'error-not-allowed');

  await walkQuestions(walk, page, driver);
  await driver.goto('/learn/done?skill=numeracy.count.touch-to-5');
  await walk.visit(page, 'done');
  await context.close();

  const fresh = await open(walk, server);
  await comeIn(fresh.driver, server.learners(2)[10]);
  await walk.visit(fresh.page, 'path-new');
  await walkLesson(walk, fresh);
  if (!walk.short) {
    await fresh.driver.goto('/learn');
    await playToMastery(fresh.driver, new Solver(server));
    await walk.visit(fresh.page, 'done-mastered');
  }
  await fresh.driver.goto('/learn/map');
  await walk.visit(fresh.page, 'map-new');
  await fresh.context.close();
}

/** The first lesson that a child is offered, step by step, its question answered. */
async function walkLesson(walk, { page, driver }) {
  const lessons = await driver.evaluate(() => [...document.querySelectorAll('a.pick')].map((a) => a.getAttribute('href')));
  const lesson = lessons.find((href) => href.startsWith('/learn/lessons/'));
  if (!lesson) throw new Error('a new child is offered no lesson');
  await driver.goto(lesson);
  for (let step = 0; step < 12; step += 1) {
    await walk.visit(page, `lesson-${step}`);
    if (await driver.evaluate(() => !!document.querySelector('.tryit .ch a'))) {
      await driver.tap('.tryit .ch a');
      await driver.waitFor(() => document.querySelector('.tryit [role="status"]'));
      await walk.visit(page, `lesson-${step}-answered`);
    }
    const before = await driver.evaluate(() => location.pathname);
    await driver.tap('.steps a.p');
    await driver.waitFor((path) => location.pathname !== path, before, 'the next step');
    if (!(await driver.evaluate(() => location.pathname.startsWith('/learn/lessons/')))) return;
  }
}

async function walkQuestions(walk, page, driver) {
  const solver = new Solver(walk.server);
  const items = await itemOfEachKind(walk.server, page);
  const answered = [...items].slice(0, walk.short ? 2 : items.size);
  const solving = Promise.all(answered.map(([, item]) => solver.solve(item)));
  for (const [kind, item] of items) {
    await driver.goto(`/learn/items/${item}`);
    await walk.visit(page, `question-${kind}`);
  }
  await solving;
  const [, first] = answered[0];
  await driver.goto(`/learn/items/${first}`);
  await driver.tap('form[action$="/hint"] button');
  await driver.waitFor(() => document.querySelector('.fb.h'), null, 'a hint');
  await walk.visit(page, 'hint');
  await answerRight(driver, solver);
  await walk.visit(page, 'feedback-right');
  for (const [kind, item] of answered.slice(1)) {
    await driver.goto(`/learn/items/${item}`);
    const { item: made, solution } = await solver.solve(item);
    await give(driver, wrong(made.interaction, solution.response));
    await hearFeedback(driver);
    await walk.visit(page, `feedback-${kind}`);
    if (await driver.evaluate(() => !!document.querySelector('a[href$="/solution"]'))) {
      await driver.tap('a[href$="/solution"]');
      await driver.waitFor(() => location.pathname.endsWith('/solution'));
      await walk.visit(page, `solution-${kind}`);
    }
  }
}

/** One open item for each kind of question: `Map(kind → item)`. */
async function itemOfEachKind(server, page) {
  const technologist = await server.api(server.staff('technologist'));
  const plugins = await technologist('GET', '/plugins');
  const found = new Map();
  for (const skill of plugins.flatMap(({ skills }) => skills)) {
    for (let n = 0; n < ITEMS_OF_A_SKILL; n += 1) {
      const answer = await page.request.post(`${server.origin}/api/v1/me/items`, { data: { skill } });
      if (!answer.ok()) throw new Error(`no item of ${skill}: ${answer.status()} ${await answer.text()}`);
      const { item, interaction } = await answer.json();
      const kind = kindOf(interaction);
      if (!found.has(kind)) found.set(kind, item);
    }
  }
  return found;
}

function kindOf({ type, max, form, reuse }) {
  if (type === 'choice') return max > 1 ? 'several' : 'one';
  if (type === 'number-entry' || type === 'number') return `number-${form ?? 'whole'}`;
  if (type === 'match') return reuse ? 'sort' : 'match';
  return type;
}

/** A response beside the right one. */
function wrong(interaction, right) {
  const others = (interaction.options ?? []).map(({ id }) => id).filter((id) => !right.ids?.includes(id));
  if (right.type === 'choice' && others.length > 0) return { type: 'choice', ids: [others[0]] };
  if (right.type === 'number' && /^\d+$/.test(right.value)) return { type: 'number', value: String(Number(right.value) + 1) };
  if (right.type === 'order') return { type: 'order', ids: [...right.ids.slice(1), right.ids[0]] };
  if (right.type === 'count') return { type: 'count', value: right.value > 1 ? right.value - 1 : right.value + 1 };
  return { type: 'skipped' };
}

/** Staff at work. */
async function walkStaff(walk) {
  const { server } = walk;
  const { context, page, driver } = await open(walk, server);
  const learner = server.learners(0)[0];
  await enterStaff(driver, server.staff('teacher'));
  const addresses = {
    classes: '/teach',
    today: `/teach/${learner.class}`,
    'today-new': `/teach/${server.learners(2)[0].class}`,
    learner: `/teach/${learner.class}/learner/${learner.id}`,
    'same-child': `/teach/same/${learner.id}`,
    'learner-new': `/teach/${server.learners(2)[0].class}/learner/${server.learners(2)[19].id}`,
    grid: `/teach/${learner.class}/grid`,
    'let-in': `/teach/${learner.class}/let-in`,
    'cards-ask': `/teach/${learner.class}/cards`,
    'cards-ask-one': `/teach/${learner.class}/cards?learner=${learner.id}`,
    'help-staff': '/help?back=%2Fteach',
    poster: '/poster',
    'error-class': '/teach/0',
  };
  for (const [name, address] of Object.entries(addresses)) {
    await driver.goto(address);
    await walk.visit(page, name);
  }
  await driver.goto(`/teach/${learner.class}/let-in`);
  await driver.tap(`button[name="learner"][value="${learner.id}"]`);
  await driver.waitFor(() => document.querySelector('[role="status"].note'), null, 'that the child may come in');
  await walk.visit(page, 'let-in-done');
  await driver.goto(`/teach/${server.learners(2)[0].class}/cards`);
  await driver.tap('form.card button.p');
  await driver.waitFor(() => document.querySelector('.cut'), null, 'cards to print');
  await walk.visit(page, 'cards');
  await context.close();

  for (const role of ['technologist', 'leader']) {
    const other = await open(walk, server);
    await enterStaff(other.driver, server.staff(role));
    await walk.visit(other.page, `${role}-home`);
    if (role === 'technologist') {
      await other.driver.goto('/admin');
      await walk.visit(other.page, 'box');
      await other.driver.goto('/admin/programs');
      await other.driver.type('#name', 'Reports');
      await other.driver.tap('form.card button.p');
      await other.driver.waitFor(() => document.querySelector('input[readonly]'), null, 'a token');
      await walk.visit(other.page, 'programs');
      await walkBackups(walk, other);
    } else {
      await other.driver.goto('/admin');
      await walk.visit(other.page, 'box-leader');
      await other.driver.goto('/lead/privacy');
      await other.driver.tap('details summary');
      await walk.visit(other.page, 'privacy');
      await other.driver.goto(`/lead/privacy/${learner.id}`);
      await other.driver.type('#name', 'Nobody');
      await other.driver.tap('form[action$="/erase"] button');
      await other.driver.waitFor(() => document.querySelector('[role="alert"]'), null, 'that it is another name');
      await walk.visit(other.page, 'privacy-child');
    }
    await other.context.close();
  }
}

/** Backups: none yet, one that cannot be used, the recovery key. */
async function walkBackups(walk, { page, driver }) {
  await driver.goto('/admin/backups');
  await driver.evaluate(() => document.querySelectorAll('details').forEach((e) => { e.open = true; }));
  await walk.visit(page, 'backups');
  await page.setInputFiles('#file', { name: 'a.tar', mimeType: 'application/x-tar', buffer: Buffer.from('no backup') });
  await driver.tap('form[action="/admin/backups/upload"] button');
  await driver.waitFor(() => document.querySelector('[data-part="job"] .st-x'), null, 'that it is no backup');
  await walk.visit(page, 'backups-failed');
  await driver.tapFound(() => document.querySelector('form[action="/admin/backups/key"]').closest('details').querySelector('summary'));
  await driver.tap('form[action="/admin/backups/key"] button');
  await driver.waitFor(() => document.querySelector('#key'), null, 'the recovery key');
  await walk.visit(page, 'recovery-key');
}
