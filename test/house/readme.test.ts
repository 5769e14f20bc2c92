import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { settingsTable } from '../../src/runtime/config.ts'

const root = resolve(import.meta.dirname, '../..')
const readme = readFileSync(resolve(root, 'README.md'), 'utf8')

test('the README lists every setting as the configuration table has it', () => {
  expect(readme).toContain(settingsTable().trim())
})

test('the continuous integration runs the test command of the README', () => {
  const commands = /```sh\n(npm ci && npm test)\n```/.exec(readme)?.[1]?.split(' && ')
  expect(commands).toEqual(['npm ci', 'npm test'])
  const script = readFileSync(resolve(root, '.ci/run'), 'utf8').split('\n')
  for (const command of commands!) expect(script).toContain(command)
})

test('every picture of the README is there', () => {
  const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((match) => match[1]!)
  expect(pictures.length).toBeGreaterThan(0)
  for (const picture of pictures) expect(existsSync(resolve(root, picture)), picture).toBe(true)
})

test('no download address is in the lock file, so it installs from any registry', () => {
  expect(readFileSync(resolve(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved": "http')
})
