// A box of its own for each test: started on a port that the system chooses, with its data in a folder that goes with
// it. Asks over HTTP for what a test must know and no page tells.

import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The program under test. */
export const program = process.env.CHALKBOX_BIN;

const START_MS = 60_000;
const STOP_MS = 3_000;

/** Starts a box; `demo` says whether it belongs to the invented school or to nobody yet; `settings` is its chalkbox.toml. */
export async function startServer({ demo = true, settings = '' } = {}) {
  if (!program) {
    throw new Error('CHALKBOX_BIN must name the chalkbox program; `cargo xtask test browser` sets it');
  }
  const data = await mkdtemp(join(tmpdir(), 'chalkbox-browser-'));
  if (demo) await cp(await school(), data, { recursive: true });
  if (settings) await writeFile(join(data, 'chalkbox.toml'), settings);
  return start(data, demo);
}

/**
 * A data folder with a demo school that this program made within the hour, the same that the tests of the server use:
 * making one compiles every tool.
 */
async function school() {
  const built = Math.floor((await stat(program)).mtimeMs);
  const folder = join(dirname(program), `demo-school-${built}-${Math.floor(Date.now() / 3_600_000)}`);
  if (await stat(folder).catch(() => null)) return folder;
  const made = await start(await mkdtemp(join(dirname(program), 'school-')), true);
  await made.end();
  // Were another test faster, its school is as good.
  await rename(made.data, folder).catch(() => rm(made.data, { recursive: true }));
  return folder;
}

async function start(data, demo) {
  const options = ['serve', '--data', data, '--listen', '127.0.0.1:0', '--no-mdns', ...(demo ? ['--demo'] : [])];
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  const port = await portOf(child);
  const origin = `http://127.0.0.1:${port}`;
  await healthy(origin);
  const signIn = demo ? JSON.parse(await readFile(join(data, 'demo-sign-in.json'), 'utf8')) : null;
  return new Server(child, data, origin, signIn);
}

/** A running box. */
class Server {
  constructor(child, data, origin, signIn) {
    this.child = child;
    this.data = data;
    this.origin = origin;
    this.signIn = signIn;
  }

  /** Name and password of the demo school's member of staff in a role. */
  staff(role) {
    const { username, password } = this.signIn.staff.find((member) => member.role === role);
    return { username, password };
  }

  /** The learners of the demo school's class by its place, from 0; of the last class nobody has worked before. */
  learners(classAt) {
    const classes = [...new Set(this.signIn.learners.map((learner) => learner.class))];
    return this.signIn.learners.filter((learner) => learner.class === classes[classAt]);
  }

  /** Signs in over the API; gives a function that calls it as that person: `call(method, path, body)`. */
  async api(credentials) {
    const opened = await fetch(`${this.origin}/api/v1/session`, json('POST', credentials));
    if (!opened.ok) {
      throw new Error(`the session was refused: ${opened.status} ${await opened.text()}`);
    }
    const cookie = opened.headers.get('set-cookie').split(';')[0];
    return async (method, path, body) => {
      const answer = await fetch(`${this.origin}/api/v1${path}`, json(method, body, { cookie }));
      if (!answer.ok) {
        throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      }
      return answer.status === 204 ? null : answer.json();
    };
  }

  /** Ends the box and forgets its data. */
  async stop() {
    await this.end();
    await rm(this.data, { recursive: true, force: true });
  }

  /** Ends the box. */
  async end() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(late);
  }
}

function json(method, body, headers = {}) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return { method, headers: { 'content-type': 'application/json', ...headers }, ...sent };
}

/** The port from the line that the box prints once it serves. */
function portOf(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`the box did not start in time:\n${said}`)), START_MS);
    const hear = (chunk) => {
      said += chunk;
      const found = /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/.exec(said);
      if (found) {
        clearTimeout(late);
        resolve(Number(found[1]));
      }
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', (chunk) => { said += chunk; });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the box ended with ${code}:\n${said}`));
    });
  });
}

async function healthy(origin) {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    const answer = await fetch(`${origin}/healthz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the box never said that it is well');
}
