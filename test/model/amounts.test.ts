import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { microMoney, microSize, minorDigits, moneyOf, sizeOf, splitExactly } from '../../src/model/amounts.ts'

describe('Amounts are integers', () => {
  test('sizes are millionths of the unit, and come back as they went', () => {
    expect(microSize(2.5)).toBe(2_500_000n)
    expect(microSize(0.1) + microSize(0.2)).toBe(microSize(0.3))
    expect(sizeOf(microSize(13.000001))).toBe(13.000001)
  })
  test('money is millionths of the minor unit of its currency', () => {
    expect(minorDigits('EUR')).toBe(2)
    expect(minorDigits('JPY')).toBe(0)
    expect(minorDigits('KWD')).toBe(3)
    expect(microMoney(1.5, 'EUR')).toBe(150_000_000n)
    expect(microMoney(1.5, 'JPY')).toBe(1_500_000n)
    expect(moneyOf(microMoney(19.99, 'EUR'), 'EUR')).toBe(19.99)
    expect(moneyOf(microMoney(-41_200.01, 'USD'), 'USD')).toBe(-41_200.01)
  })
})

describe('A whole is split without losing anything', () => {
  test('100 by three: the first part takes what is left', () => {
    expect(splitExactly(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
  })
  test('the largest remainder takes it first', () => {
    expect(splitExactly(10n, [1n, 5n, 1n])).toEqual([2n, 7n, 1n])
    expect(splitExactly(7n, [10n, 26n, 34n])).toEqual([1n, 3n, 3n])
  })
  test('weights of nothing share evenly, no weights share nothing', () => {
    expect(splitExactly(5n, [0n, 0n])).toEqual([3n, 2n])
    expect(splitExactly(5n, [])).toEqual([])
  })
  test('a part without weight gets nothing while others have some', () => {
    expect(splitExactly(100n, [0n, 3n, 0n])).toEqual([0n, 100n, 0n])
  })
  test('the parts sum exactly to the whole, and each is within one of its share', () => {
    const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(amount, weights, (whole, shares) => {
        const parts = splitExactly(whole, shares)
        const total = shares.reduce((sum, share) => sum + share, 0n)
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole)
        if (total === 0n) return
        for (const [index, part] of parts.entries()) {
          const error = part * total - whole * shares[index]!
          expect((error < 0n ? -error : error) < total).toBe(true)
        }
      }),
    )
  })
})
