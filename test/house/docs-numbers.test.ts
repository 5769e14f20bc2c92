import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/measures/catalogue.ts'
import { renewedPage } from './measures-page.ts'
import { workedExample } from './worked-example.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

describe('docs/numbers.md', () => {
  const page = read('docs/numbers.md')

  test('lists every measure of the catalogue and every reason: update it with -u', async () => {
    const renewed = renewedPage(page, catalogue)
    for (const { id } of catalogue) expect(renewed).toContain(`| \`${id}\` |`)
    await expect(renewed).toMatchFileSnapshot(join(root, 'docs/numbers.md'))
  })

  test('its worked example is what the ledger and the measures compute', () => {
    const [, example = ''] = page.split('<!-- worked example -->\n')
    const told = example
      .slice(0, example.indexOf('\n\n'))
      .split('\n')
      .slice(2)
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map(([, symbol = '', , number = '']) => [symbol, Number(number.replaceAll(',', '').replace('−', '-'))])
    const computed = [...workedExample()].map(([symbol, value]) => [
      symbol,
      value === null ? null : Math.round(value * 100) / 100,
    ])
    expect(told).toEqual(computed)
  })
})
