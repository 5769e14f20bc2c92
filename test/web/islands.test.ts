import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Manifest, assetsOf } from '../../web/assets.ts'

const KILOBYTE = 1000
const manifestFile = new URL('../../dist/client/manifest.json', import.meta.url)

const built = (): { readonly name: string; readonly bytes: number; readonly text: string }[] => {
  if (!existsSync(manifestFile)) throw new Error('test: nothing is built: run "npm run build"')
  const folder = new URL('assets/', manifestFile)
  return readdirSync(folder).map((name) => {
    const content = readFileSync(new URL(name, folder))
    return { name, bytes: gzipSync(content).length, text: content.toString('utf8') }
  })
}

test('all islands together stay under 100 kB gzipped', () => {
  const scripts = built().filter(({ name }) => name.endsWith('.js'))
  expect(scripts.length).toBeGreaterThanOrEqual(2)
  expect(scripts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(100 * KILOBYTE)
})

test('what every page loads at once is small: the chart comes only when one is in view', () => {
  const manifest: Manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
  const first = assetsOf(manifest).islands.split('/').at(-1)
  const script = built().find(({ name }) => name === first)
  expect(script?.bytes).toBeLessThan(8 * KILOBYTE)
})

test('the stylesheet loads nothing from elsewhere', () => {
  const styles = built().filter(({ name }) => name.endsWith('.css'))
  expect(styles).toHaveLength(1)
  expect(styles[0]!.text).not.toMatch(/@import|url\((?!['"]?data:)/)
})

test('a manifest of something else is refused with the command to run', () => {
  expect(() => assetsOf({})).toThrow('npm run build')
})
