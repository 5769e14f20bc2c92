import { afterAll, beforeAll, expect, test } from 'vitest'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { readHeads } from '../../src/store/heads.ts'
import { type TestStore, eachDatabase, openTestStore } from '../support/databases.ts'
import { openApp } from './open-app.ts'
import { NOW, type SmallWorld, openSmallWorld } from './small-world.ts'

eachDatabase((kind) => {
  let store: TestStore
  let world: SmallWorld
  beforeAll(async () => {
    store = await openTestStore(kind)
    world = await openSmallWorld(store)
  })
  afterAll(async () => {
    await world?.end()
    await store?.close()
  })

  const revision = async (): Promise<number> => (await readHeads(store.db))[0]!.revision
  const freeze = (day: string) =>
    freezeBaseline(store, { plan: 'shop', reason: 'again', asOf: day, actor: 'test', now: NOW })

  test('a new revision is told once, to all who listen; what was there before is not', async () => {
    const { app } = await openApp(store, world.sync)
    const [one, two] = [await listen(app), await listen(app)]
    expect((await one.next()).text).toMatch(/^retry: \d+\nid: \d+\.\d+$/)
    await two.next()
    await freeze('2026-06-08')
    const now = await revision()
    for (const listener of [one, two]) {
      const { text } = await listener.next()
      expect(text).toContain('event: revision')
      expect(text).toContain(`data: {"plan":"shop","revision":${now}}`)
      await listener.stop()
    }
  })

  test('a listener that was cut off hears what it missed, from the id that it heard last', async () => {
    const { app } = await openApp(store, world.sync)
    const first = await listen(app)
    const id = /id: (\S+)/.exec((await first.next()).text)![1]!
    await first.stop()
    await freeze('2026-06-09')
    const again = await listen(app, id)
    await again.next()
    expect((await again.next()).text).toContain(`"revision":${await revision()}`)
    await again.stop()
    const uptodate = await listen(app, /id: (\S+)/.exec(await listenOnce(app))![1]!)
    expect((await uptodate.next()).text).not.toContain('event:')
    await uptodate.stop()
  })

  test('an id that is none of ours has heard nothing', async () => {
    const { app } = await openApp(store, world.sync)
    const listener = await listen(app, 'x; drop table plans')
    await listener.next()
    expect((await listener.next()).text).toContain('"plan":"shop"')
    await listener.stop()
  })

  test('streams end when the service closes, and with it the looking', async () => {
    const closing = new AbortController()
    const { app } = await openApp(store, world.sync, { closing: closing.signal })
    const listener = await listen(app)
    await listener.next()
    closing.abort()
    expect((await listener.next()).done).toBe(true)
    const late = await listen(app)
    await late.next()
    expect((await late.next()).done).toBe(true)
  })
})

type App = Awaited<ReturnType<typeof openApp>>['app']

const listen = async (app: App, lastId?: string) => {
  const answer = await app.request('/events', { headers: lastId === undefined ? {} : { 'last-event-id': lastId } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  const reader = answer.body!.getReader()
  let rest = ''
  return {
    /** The next block of lines. */
    next: async (): Promise<{ readonly text: string; readonly done: boolean }> => {
      while (!rest.includes('\n\n')) {
        const { done, value } = await reader.read()
        if (done) return { text: rest, done: true }
        rest += new TextDecoder().decode(value)
      }
      const end = rest.indexOf('\n\n')
      const text = rest.slice(0, end)
      rest = rest.slice(end + 2)
      return { text, done: false }
    },
    stop: () => reader.cancel(),
  }
}

const listenOnce = async (app: App): Promise<string> => {
  const listener = await listen(app)
  const { text } = await listener.next()
  await listener.stop()
  return text
}
