// Faults of many screens, told so that each is read once.

import assert from 'node:assert/strict';

/** Fails with every fault and the screens that have it, if there is any. `found` holds `{fault, screen}`. */
export function assertNone(found) {
  const screens = new Map();
  for (const { fault, screen } of found) screens.set(fault, [...(screens.get(fault) ?? []), screen]);
  const lines = [...screens].map(([fault, where]) => {
    const names = [...new Set(where)];
    return `${fault}\n    on ${names.slice(0, 4).join(', ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''}`;
  });
  assert.equal(lines.length, 0, `${lines.length} faults:\n${lines.join('\n')}`);
}
