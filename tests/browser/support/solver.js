// Knows the right answers: opens a sealed item (who, skill, tool, difficulty, seed and language stand in it in the
// clear; only the seal cannot be made) and lets `chalkbox plugin try` solve the same ask.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { program } from './server.js';
import { zip } from './zip.js';

const run = promisify(execFile);

/** The demo school's country: items speak of its names and foods. */
const COUNTRY = 'GH';
const PACK_FILES = ['LICENSE', 'pack.toml', 'plugin.wasm'];

/** Solves the items of one box. */
export class Solver {
  constructor(server) {
    this.server = server;
    this.packs = new Map();
    this.skills = null;
    this.solved = new Map();
  }

  /** What an item asks. */
  async ask(item) {
    const bytes = Buffer.from(item, 'base64url');
    const plugin = bytes.subarray(21, 29).toString('hex');
    const locale = bytes.subarray(50, 50 + bytes[49]).toString('utf8');
    const skill = await this.skillOf(bytes.subarray(17, 21).toString('hex'));
    return { skill, plugin, difficulty: bytes[29] / 4, seed: bytes.readUInt32BE(30), locale };
  }

  /** The item as its tool makes it, with the solution: `{item, solution: {response, steps}}`. */
  solve(item) {
    if (!this.solved.has(item)) this.solved.set(item, this.tryItem(item));
    return this.solved.get(item);
  }

  async tryItem(item) {
    const ask = await this.ask(item);
    const { stdout } = await run(program, [
      'plugin', 'try', await this.pack(ask.plugin), '--skill', ask.skill, '--difficulty', String(ask.difficulty),
      '--seed', String(ask.seed), '--locale', ask.locale, '--country', COUNTRY,
    ], { maxBuffer: 1 << 24 });
    return JSON.parse(stdout);
  }

  async skillOf(prefix) {
    if (!this.skills) {
      const map = await (await fetch(`${this.server.origin}/api/v1/map`)).json();
      const start = (id) => createHash('sha256').update(id).digest('hex').slice(0, 8);
      this.skills = new Map(map.skills.map(({ id }) => [start(id), id]));
    }
    return this.skills.get(prefix);
  }

  /** A pack file of a tool that the box has installed; made once. */
  pack(prefix) {
    if (!this.packs.has(prefix)) this.packs.set(prefix, this.makePack(prefix));
    return this.packs.get(prefix);
  }

  async makePack(prefix) {
    const installed = join(this.server.data, 'plugins');
    const folder = (await readdir(installed)).find((name) => name.startsWith(prefix));
    const files = await Promise.all(
      PACK_FILES.map(async (name) => ({ name, bytes: await readFile(join(installed, folder, name)) })),
    );
    const home = await mkdtemp(join(this.server.data, 'solver-'));
    const path = join(home, 'tool.chalk');
    await writeFile(path, zip(files));
    return path;
  }
}
