import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scopeGrowthPercent, scopeRoll, sumScope } from '../../src/measures/scope.ts'
import { known, unknown } from '../../src/model/reason.ts'

const none = { added: 0n, removed: 0n, reestimated: 0n, movedIn: 0n, movedOut: 0n }
const still = { baseline: known(120n), flows: none, poolSize: 0n, outside: 0n, presentSize: 0n }

test('current scope is what was agreed and what happened to it', () => {
  const flows = { added: 30n, removed: 12n, reestimated: -3n, movedIn: 5n, movedOut: 8n }
  expect(scopeRoll({ ...still, flows })).toEqual({
    ...flows,
    baseline: known(120n),
    filled: known(0n),
    current: known(132n),
  })
})

test('items that fill a size stated beforehand are no growth; what goes beyond is', () => {
  const stated = { ...still, poolSize: 80n }
  const within = scopeRoll({ ...stated, flows: { ...none, added: 30n }, outside: 30n })
  expect([within.filled, within.current]).toEqual([known(30n), known(120n)])
  const beyond = scopeRoll({ ...stated, flows: { ...none, added: 100n }, outside: 100n })
  expect([beyond.filled, beyond.current]).toEqual([known(80n), known(140n)])
})

test('without a baseline the items that are there are the current scope', () => {
  const roll = scopeRoll({ ...still, baseline: unknown('noBaseline'), presentSize: 55n })
  expect([roll.baseline, roll.filled, roll.current]).toEqual([unknown('noBaseline'), unknown('noBaseline'), known(55n)])
})

// NDIA example: 300 points baselined, 60 added.
test('growth is net, in per cent of the baseline', () => {
  expect(scopeGrowthPercent(known(300n), known(360n))).toEqual(known(20))
  expect(scopeGrowthPercent(known(300n), known(270n))).toEqual(known(-10))
  expect(scopeGrowthPercent(known(0n), known(5n))).toEqual(unknown('noBaselineScope'))
  expect(scopeGrowthPercent(unknown('unitChanged'), known(5n))).toEqual(unknown('unitChanged'))
})

test('a sum of phases rolls like its parts, and moves between them cancel', () => {
  const amount = fc.bigInt({ min: 0n, max: 500n })
  const parts = fc.array(
    fc.record({ baseline: amount, added: amount, removed: amount, moved: amount, pool: amount, outside: amount }),
    { minLength: 2, maxLength: 6 },
  )
  fc.assert(
    fc.property(parts, (rows) => {
      const rolls = rows.map((row, index) =>
        scopeRoll({
          baseline: known(row.baseline),
          flows: {
            ...none,
            added: row.added,
            removed: row.removed,
            movedOut: row.moved,
            movedIn: rows[(index + 1) % rows.length]!.moved,
          },
          poolSize: row.pool,
          outside: row.outside,
          presentSize: 0n,
        }),
      )
      const sum = sumScope(rolls)
      expect(sum.movedIn).toBe(sum.movedOut)
      expect(sum.current.value).toBe(sum.baseline.value! + sum.added - sum.removed - sum.filled.value!)
    }),
  )
})

test('one part without a baseline leaves the sum’s columns unknown', () => {
  const sum = sumScope([scopeRoll(still), scopeRoll({ ...still, baseline: unknown('unitChanged') })])
  expect(sum.baseline).toEqual(unknown('partsUnknown'))
})
