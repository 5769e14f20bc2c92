import { describe, expect, test } from 'vitest'
import { type GoldenKind, goldenCases, goldenFiles } from './golden/case.ts'
import { networkKinds } from './golden/network-kinds.ts'
import { timeKinds } from './golden/time-kinds.ts'
import { valueKinds } from './golden/value-kinds.ts'

const kinds: readonly GoldenKind[] = [...valueKinds, ...timeKinds, ...networkKinds]

/** Cases are recognised by what they hold, never by their names; a kind that is not built is left out and counted. */
const leftOut = new Map<string, number>()
for (const file of goldenFiles()) {
  const fitting = goldenCases(file).flatMap((found) => {
    const kind = kinds.find(({ fits }) => fits(found))
    if (kind === undefined) leftOut.set(file, (leftOut.get(file) ?? 0) + 1)
    return kind === undefined ? [] : [{ id: found.id, name: kind.name, run: () => kind.check(found) }]
  })
  if (fitting.length > 0)
    describe(file, () => {
      test.each(fitting)('$name: $id', ({ run }) => {
        expect.hasAssertions()
        run()
      })
    })
}

if (leftOut.size > 0) {
  const kindsLeft = [...leftOut].map(([file, count]) => `${file.replace('.json', '')} ${count}`)
  const total = [...leftOut.values()].reduce((sum, count) => sum + count, 0)
  console.error(`published cases left out, of kinds not built: ${total} (${kindsLeft.join(', ')})`)
}
if (goldenFiles().length === 0) console.error('published cases left out: their folder is not here')

test('a case is taken by what it holds, and by one kind only', () => {
  const found = { id: 'x', inputs: { bac: 10, pv: 5, ev: 4, ac: 5 }, expected: { sv: -1, cpi: 0.8 }, tolerance: {} }
  expect(kinds.filter(({ fits }) => fits(found)).map(({ name }) => name)).toEqual(['measures at a status date'])
  expect(kinds.some(({ fits }) => fits({ ...found, expected: { weather: 1 } }))).toBe(false)
  valueKinds[0]!.check(found)
  expect(() => valueKinds[0]!.check({ ...found, expected: { sv: -2 } })).toThrow(/should be -2/)
})
