import { describe, expect, test } from 'vitest'
import { Fault } from '../../src/model/fault.ts'
import { ahead } from '../../src/sync/ahead.ts'
import { retryTime } from '../../src/sync/retry-time.ts'

const now = new Date('2026-06-01T12:00:00Z')
const seconds = (error: unknown, failures: number) => (retryTime(error, failures, now).getTime() - now.getTime()) / 1000

describe('when to try again', () => {
  test.each([
    { failures: 1, wait: 15 },
    { failures: 2, wait: 30 },
    { failures: 5, wait: 240 },
    { failures: 8, wait: 1_800 },
    { failures: 5_000, wait: 1_800 },
  ])('after $failures failures in a row: $wait seconds', ({ failures, wait }) => {
    expect(seconds(new Fault('unavailable', 'down'), failures)).toBe(wait)
    expect(seconds(new TypeError('a bug'), failures)).toBe(wait)
  })
  test('when the tracker said so, and never at once', () => {
    const said = (wait: number) => new Fault('rateLimited', 'wait', { retryAt: new Date(now.getTime() + wait * 1000) })
    expect(seconds(said(77), 5)).toBe(77)
    expect(seconds(said(-5), 1)).toBe(1)
  })
  test.each(['unauthenticated', 'forbidden', 'notFound', 'invalid', 'misconfigured'] as const)(
    'what only a person can mend (%s): every ten minutes',
    (kind) => {
      expect([seconds(new Fault(kind, 'no'), 1), seconds(new Fault(kind, 'no'), 9)]).toEqual([600, 600])
    },
  )
})

describe('one step ahead', () => {
  const source = (log: string[], fail = 99) =>
    (async function* () {
      try {
        for (let step = 1; step <= 3; step += 1) {
          if (step === fail) throw new Error(`step ${step}`)
          log.push(`made ${step}`)
          yield step
        }
      } finally {
        log.push('closed')
      }
    })()

  test('the next step is on its way while the last one is used', async () => {
    const log: string[] = []
    for await (const step of ahead(source(log))) {
      await Promise.resolve()
      log.push(`used ${step}`)
    }
    expect(log).toEqual(['made 1', 'made 2', 'used 1', 'made 3', 'used 2', 'closed', 'used 3'])
  })
  test('an error comes when its turn comes, after what was made before it', async () => {
    const used: number[] = []
    const run = async () => {
      for await (const step of ahead(source([], 3))) used.push(step)
    }
    await expect(run()).rejects.toThrow('step 3')
    expect(used).toEqual([1, 2])
  })
  test('a reader that stops early closes the source', async () => {
    const log: string[] = []
    for await (const _ of ahead(source(log))) break
    expect(log.at(-1)).toBe('closed')
  })
  test('a reader that fails closes the source, and its own error is what is told', async () => {
    const log: string[] = []
    const run = async () => {
      for await (const _ of ahead(source(log, 2))) throw new Error('the reader')
    }
    await expect(run()).rejects.toThrow('the reader')
    expect(log.at(-1)).toBe('closed')
  })
})
