import { expect, test } from 'vitest'
import { PRESENT, explainAddress, itemsAddress, phaseAddress, trackerAddress } from '../../web/components/address.ts'

const inMarch = { ...PRESENT, asOf: '2026-03-31', baseline: 1 }

test('what was asked for is carried along', () => {
  expect(phaseAddress('checkout', 'build', inMarch)).toBe('/plans/checkout/phases/build?asOf=2026-03-31&baseline=1')
  expect(explainAddress('checkout', 'scope.added', 'build', inMarch)).toBe(
    '/plans/checkout/explain/scope.added?phase=build&asOf=2026-03-31&baseline=1',
  )
})

test('the present needs no words', () => {
  expect(phaseAddress('checkout', null)).toBe('/plans/checkout')
  expect(itemsAddress('checkout', 'build', { unmapped: false, search: '' })).toBe('/plans/checkout/phases/build/items')
})

test('odd names stay one part of an address', () => {
  expect(phaseAddress('a/b', 'c?d')).toBe('/plans/a%2Fb/phases/c%3Fd')
})

test.each([
  { url: 'https://github.com/acme/web/issues/12', opens: true },
  { url: 'http://127.0.0.1:8080/browse/CORE-1', opens: true },
  { url: 'javascript:alert(1)', opens: false },
  { url: ' data:text/html,x', opens: false },
  { url: null, opens: false },
])('$url opens in a browser: $opens', ({ url, opens }) => {
  expect(trackerAddress(url) !== null).toBe(opens)
})
