'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * Whether node_modules holds what package-lock.json says. npm writes down what it has installed in a lock of its own,
 * at the end: an installation that was broken off has none.
 */
function isInstalled(root) {
  const locked = readJson(join(root, 'package-lock.json'));
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'));
  return isAsLocked(locked, installed, { has: (path) => existsSync(join(root, path)), ...process });
}

/** Compares two locks. `has` tells whether a path exists; `platform` and `arch` are those of this machine. */
function isAsLocked(locked, installed, { has, platform, arch }) {
  if (!locked || !locked.packages || !installed || !installed.packages) return false;
  return Object.entries(locked.packages).every(([path, wanted]) => {
    // The workspaces themselves are in the repository, not installed.
    if (!path.includes('node_modules/')) return true;
    const found = installed.packages[path];
    if (!found) return mayBeAbsent(wanted, platform, arch);
    return found.version === wanted.version && found.integrity === wanted.integrity && has(path);
  });
}

/** npm leaves out optional packages for other machines; which C library this one has is not worth finding out. */
function mayBeAbsent(wanted, platform, arch) {
  if (!wanted.optional && !wanted.devOptional && !wanted.peer) return false;
  const fits = allows(wanted.os, platform) && allows(wanted.cpu, arch);
  return !fits || Boolean(wanted.libc) || !wanted.os;
}

/** `['linux']`, `['!win32']` or nothing. */
function allows(list, value) {
  if (!list || list.length === 0) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((entry) => entry.startsWith('!'));
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

module.exports = { isAsLocked, isInstalled };
