import { expect, test } from 'vitest'
import { startDueLoop } from '../../src/runtime/due-loop.ts'

/** A run that ends when it is told to. */
const controlled = () => {
  let running = 0
  let most = 0
  let runs = 0
  let begun: (() => void)[] = []
  let release: () => void = () => {}
  return {
    run: async () => {
      runs += 1
      running += 1
      most = Math.max(most, running)
      for (const tell of begun) tell()
      begun = []
      await new Promise<void>((resolve) => {
        release = resolve
      })
      running -= 1
    },
    runs: () => runs,
    most: () => most,
    release: () => release(),
    nextRun: () => new Promise<void>((resolve) => begun.push(resolve)),
  }
}

const failed = (error: unknown): void => {
  throw error
}

test('however often it is woken, there is one run at a time, and one more after it', async () => {
  const work = controlled()
  const loop = startDueLoop({ run: work.run, failed, everyMs: 60_000, gatherMs: 1, gatherMostMs: 10 })
  expect(work.runs()).toBe(1)
  for (let times = 0; times < 5; times += 1) loop.wake()
  const second = work.nextRun()
  work.release()
  await second
  expect([work.runs(), work.most()]).toEqual([2, 1])
  const stopped = loop.stop(60_000)
  work.release()
  await stopped
  expect(work.runs()).toBe(2)
})

test('woken at rest, it runs once for many that woke it', async () => {
  const work = controlled()
  const loop = startDueLoop({ run: work.run, failed, everyMs: 60_000, gatherMs: 1, gatherMostMs: 10 })
  work.release()
  await new Promise((resolve) => setImmediate(resolve))
  const second = work.nextRun()
  for (let times = 0; times < 5; times += 1) loop.wake()
  await second
  expect(work.runs()).toBe(2)
  const stopped = loop.stop(60_000)
  work.release()
  await stopped
  expect(work.runs()).toBe(2)
})

test('it looks by itself, also after a failure', async () => {
  const failures: unknown[] = []
  let runs = 0
  await new Promise<void>((resolve) => {
    const loop = startDueLoop({
      run: async () => {
        runs += 1
        if (runs === 1) throw new Error('the database is away')
        void loop.stop(0)
        resolve()
      },
      failed: (error) => failures.push(error),
      everyMs: 1,
      gatherMs: 1,
      gatherMostMs: 10,
    })
  })
  expect(runs).toBe(2)
  expect(failures).toEqual([new Error('the database is away')])
})

test('stopped, it waits for the present run, but not for ever, and runs no more', async () => {
  const work = controlled()
  const loop = startDueLoop({ run: work.run, failed, everyMs: 1, gatherMs: 1, gatherMostMs: 10 })
  await loop.stop(5)
  loop.wake()
  work.release()
  expect(work.runs()).toBe(1)
})

test('a burst is waited for, but one without an end no longer than agreed', async () => {
  const runs: number[] = []
  const start = performance.now()
  await new Promise<void>((resolve) => {
    const loop = startDueLoop({
      run: async () => {
        runs.push(performance.now() - start)
        if (runs.length < 2) return
        clearInterval(burst)
        void loop.stop(0)
        resolve()
      },
      failed,
      everyMs: 60_000,
      gatherMs: 1000,
      gatherMostMs: 80,
    })
    const burst = setInterval(loop.wake, 5)
  })
  expect(runs[1]).toBeGreaterThanOrEqual(75)
  expect(runs[1]).toBeLessThan(1000)
})

test('stopped while it waits for a burst to end, it ends at once', async () => {
  const work = controlled()
  const loop = startDueLoop({ run: work.run, failed, everyMs: 60_000, gatherMs: 60_000, gatherMostMs: 60_000 })
  loop.wake()
  work.release()
  await new Promise((resolve) => setImmediate(resolve))
  const start = performance.now()
  await loop.stop(20_000)
  expect(performance.now() - start).toBeLessThan(10_000)
  expect(work.runs()).toBe(1)
})
