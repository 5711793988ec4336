import { readFileSync } from 'node:fs'

/** The version of an installed package, which few packages tell. */
export function versionOf(name) {
  const manifest = new URL('../package.json', import.meta.resolve(name))
  return JSON.parse(readFileSync(manifest, 'utf8')).version
}
