import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault } from '../../src/model/fault.ts'
import type { Connection, ConnectionSecrets, Cursor, Source } from '../../src/model/source.ts'
import type { ConnectTools, Delivery, Tracker, TrackerCall, TrackerClient } from '../../src/trackers/tracker.ts'

/** A tracker with something behind it that behaves like the real one. */
export interface ContractStand {
  readonly connection: Connection
  readonly secrets: ConnectionSecrets
  readonly source: Source
  readonly now: () => Date
  /** Ids of all items of the source: enough for several pages of a listing, at least 120. */
  readonly allIds: () => readonly string[]
  /** Changes one item, later than everything before, and returns its id; not the item that was changed last. */
  readonly change: () => string
  /** The id of an item whose title and a label hold U+0000. */
  readonly withNul: string
  /** Gives every further answer fields that no documentation knows. */
  readonly addUnknownFields: () => void
  /** A genuine signed delivery about one item, and the same one again as the tracker resends it. */
  readonly delivery: () => { readonly first: Delivery; readonly resent: Delivery; readonly externalId: string }
  /** The next call fails in this way. */
  readonly failNext: (how: 'rateLimit' | 'reset' | 'cutOff' | 'wrongType' | 'serverError') => void
  readonly close: () => Promise<void>
}

/** What every tracker must do, whoever is behind it. */
export const trackerContract = (tracker: Tracker, standUp: () => Promise<ContractStand>): void => {
  describe(`${tracker.kind}: what every tracker must do`, () => {
    let stand: ContractStand
    let calls: TrackerCall[]
    let client: TrackerClient

    const connect = (secrets: ConnectionSecrets = stand.secrets): TrackerClient => {
      calls = []
      const onCall = (call: TrackerCall) => void calls.push(call)
      const tools: ConnectTools = { fetch, now: stand.now, onCall, log: () => {} }
      return tracker.connect(stand.connection, secrets, tools)
    }
    beforeAll(async () => {
      stand = await standUp()
      client = connect()
    })
    afterAll(() => stand.close())

    const list = async (from: Cursor | null, during: (page: number) => void = () => {}) => {
      const ids: string[] = []
      const cursors: Cursor[] = []
      for await (const page of client.listChanged(stand.source, from)) {
        ids.push(...page.externalIds)
        cursors.push(page.cursor)
        during(cursors.length)
      }
      return { ids, cursors, cursor: cursors.at(-1) ?? from }
    }
    const faultOf = async (work: () => Promise<unknown>): Promise<Fault> => {
      const fault = await work().then(
        () => null,
        (error: unknown) => error,
      )
      expect(fault).toMatchObject({ name: 'Fault' })
      return fault as Fault
    }

    test('its own settings pass its own checks; a misspelt one is named with the right name', () => {
      expect(tracker.checkConnection(stand.connection, stand.secrets)).toEqual([])
      expect(tracker.checkSource(stand.source)).toEqual([])
      const right = (tracker.sourceKeys.find((key) => key.required) ?? tracker.sourceKeys[0]!).name
      const misspelt = { ...stand.source, settings: { [`${right}x`]: stand.source.settings[right] } }
      expect(tracker.checkSource(misspelt).join('\n')).toContain(right)
      expect(tracker.checkConnection(stand.connection, {}).length).toBeGreaterThan(0)
    })

    test('a genuine delivery is accepted and hints at its item, a resend keeps its id', async () => {
      const { first, resent, externalId } = stand.delivery()
      const received = await tracker.receive(first, stand.secrets)
      expect(received).toMatchObject({ verdict: 'accepted' })
      if (received.verdict !== 'accepted') return
      expect(received.hints.map((hint) => hint.externalId)).toContain(externalId)
      expect(received.hints.some((hint) => client.concerns(stand.source, hint.scope))).toBe(true)
      expect(await tracker.receive(resent, stand.secrets)).toMatchObject({ deliveryId: received.deliveryId })
    })

    test('a delivery is refused when its body was changed, its signature is missing, or the secret is another', async () => {
      const { first } = stand.delivery()
      const body = new Uint8Array(first.body)
      body[body.length - 2] = body[body.length - 2]! ^ 1
      const unsigned = Object.fromEntries(Object.entries(first.headers).filter(([name]) => !name.includes('signature')))
      const other = { ...stand.secrets, webhookSecret: 'another secret', formerWebhookSecrets: [] }
      expect(await tracker.receive({ ...first, body }, stand.secrets)).toMatchObject({ verdict: 'refused' })
      expect(await tracker.receive({ ...first, headers: unsigned }, stand.secrets)).toMatchObject({
        verdict: 'refused',
      })
      expect(await tracker.receive(first, other)).toMatchObject({ verdict: 'refused' })
      expect(await tracker.receive(first, { token: 'x' })).toMatchObject({ verdict: 'refused' })
    })

    test('a former secret is accepted while it is being changed', async () => {
      const { first } = stand.delivery()
      const changing = {
        ...stand.secrets,
        webhookSecret: 'the new one',
        formerWebhookSecrets: [stand.secrets.webhookSecret!],
      }
      expect(await tracker.receive(first, changing)).toMatchObject({ verdict: 'accepted' })
    })

    test('a listing brings every item, over several pages', async () => {
      const { ids, cursors } = await list(null)
      expect(cursors.length).toBeGreaterThan(1)
      expect([...new Set(ids)].sort()).toEqual([...stand.allIds()].sort())
    })

    test('a listing that goes on from any of its pages brings what was left', async () => {
      const seen: string[][] = []
      const cursors: Cursor[] = []
      for await (const page of client.listChanged(stand.source, null)) {
        seen.push([...page.externalIds])
        cursors.push(page.cursor)
      }
      for (const [index, cursor] of cursors.entries()) {
        const before = seen.slice(0, index + 1).flat()
        const rest = await list(JSON.parse(JSON.stringify(cursor)))
        expect([...new Set([...before, ...rest.ids])].sort()).toEqual([...stand.allIds()].sort())
      }
    })

    test('items that change while they are listed are not lost, nor do they hide others', async () => {
      const changed: string[] = []
      const { ids, cursor } = await list(null, () => void changed.push(stand.change()))
      const later = await list(cursor)
      expect([...new Set([...ids, ...later.ids])].sort()).toEqual([...stand.allIds()].sort())
      expect([...ids, ...later.ids]).toEqual(expect.arrayContaining(changed))
    })

    test('a listing in which nothing happened costs one call; one that follows a change brings it', async () => {
      let { cursor } = await list(null)
      cursor = (await list(cursor)).cursor
      calls.length = 0
      expect((await list(cursor)).ids).toEqual([])
      expect(calls).toHaveLength(1)
      const id = stand.change()
      expect((await list(cursor)).ids).toContain(id)
    })

    test('pulling twice gives the same, with facts that have keys of their own', async () => {
      const ids = stand.allIds().slice(0, 5)
      const first = await client.pull(stand.source, ids)
      expect(await connect().pull(stand.source, ids)).toEqual(first)
      expect(first.items.map((item) => item.externalId).sort()).toEqual([...ids].sort())
      for (const { history } of first.items) {
        expect(new Set(history.map((fact) => fact.key)).size).toBe(history.length)
        expect(history.filter((fact) => fact.field === 'created')).toHaveLength(1)
      }
    })

    test('U+0000 does not survive, its item does', async () => {
      const { items } = await client.pull(stand.source, [stand.withNul])
      expect(items).toHaveLength(1)
      expect(JSON.stringify(items)).not.toContain('\\u0000')
      expect(items[0]?.snapshot.title).toContain('\uFFFD')
    })

    test('an unknown id is missing, and takes nobody with it', async () => {
      const [known] = stand.allIds()
      const { items, missing } = await client.pull(stand.source, [known!, '999999999'])
      expect([items.map((item) => item.externalId), missing]).toEqual([[known], ['999999999']])
    })

    test.each(['rateLimit', 'reset', 'cutOff', 'wrongType', 'serverError'] as const)(
      'after %s the call fails with what to do, and works again',
      async (how) => {
        const ids = stand.allIds().slice(0, 1)
        client = connect()
        const works = [
          () => list(null),
          () => client.pull(stand.source, ids),
          () => client.listMilestones(stand.source),
        ]
        for (const work of works) {
          stand.failNext(how)
          const fault = await faultOf(work)
          expect(fault.kind).toBe(how === 'rateLimit' ? 'rateLimited' : 'unavailable')
          if (how === 'rateLimit') expect(fault.retryAt?.getTime()).toBeGreaterThan(stand.now().getTime())
          expect(fault.message).toMatch(/retry/)
          await expect(work()).resolves.toBeDefined()
        }
      },
    )

    test('a wrong token is named, and never told', async () => {
      const fault = await faultOf(() => connect({ ...stand.secrets, token: 'wrong-token' }).identify())
      expect(fault.kind).toBe('unauthenticated')
      expect(fault.message).toMatch(/token/)
      expect(fault.message).not.toContain('wrong-token')
    })

    test('every call is reported with what it asked', async () => {
      client = connect()
      await client.identify()
      expect(calls.length).toBeGreaterThan(0)
      for (const call of calls)
        expect(call).toMatchObject({ operation: expect.stringMatching(/^(GET|POST) \//), status: 200 })
    })

    test('fields that it does not know change nothing', async () => {
      const ids = stand.allIds().slice(0, 3)
      const before = await client.pull(stand.source, ids)
      stand.addUnknownFields()
      expect(await client.pull(stand.source, ids)).toEqual(before)
    })
  })
}
