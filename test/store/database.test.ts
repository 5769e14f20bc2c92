import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { Fault } from '../../src/model/fault.ts'
import { firstRow, rows, snapshot, transaction } from '../../src/store/database.ts'
import { storeFault } from '../../src/store/faults.ts'
import { isoFromDatabase } from '../../src/store/instant.ts'
import { openPglite } from '../../src/store/pglite.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { type TestStore, eachDatabase, openTestStore, pgliteTemplate } from '../support/databases.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

eachDatabase((kind) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore(kind)
  })
  afterAll(() => store.close())

  test('numbers come exact: as a number where that is enough, else as a bigint', async () => {
    const read = sql`select 9007199254740991::bigint as safe, 9007199254740993::bigint as big, count(*) as counted`
    expect(await firstRow(store.db, read)).toEqual({ safe: 9007199254740991, big: 9007199254740993n, counted: 1 })
  })

  test('instants keep microseconds and come in UTC', async () => {
    const read = sql`select '2026-03-29 03:30:00.000001+02'::timestamptz as at, '2026-03-29'::date as day`
    const row = await firstRow<{ at: string; day: string }>(store.db, read)
    expect(isoFromDatabase(row!.at)).toBe('2026-03-29T01:30:00.000001Z')
    expect(row!.day).toBe('2026-03-29')
  })

  test('values of every kind go in as parameters', async () => {
    const row = await firstRow(
      store.db,
      sql`select ${5}::int as "int", ${7n}::bigint as "bigint", ${'x'}::text as "text", ${true}::boolean as "flag",
            ${null}::int as "none", ${sql.param([1, 2])}::int[] @> array[2] as "some",
            ${sql.param(['a"b', 'c\\d'])}::text[] = array['a"b', 'c\\d'] as "quoted",
            ${new Date('2026-03-02T09:00:00.000Z')}::timestamptz = '2026-03-02T09:00:00Z' as "date",
            ${{ a: [1] }}::jsonb -> 'a' as "json"`,
    )
    expect(row).toEqual({
      int: 5,
      bigint: 7,
      text: 'x',
      flag: true,
      none: null,
      some: true,
      quoted: true,
      date: true,
      json: [1],
    })
  })

  test('a parameter that makes no sense is refused, and the next statement runs', async () => {
    await expect(rows(store.db, sql`select ${'five'}::int`)).rejects.toThrow('invalid input syntax')
    const circular: { self?: unknown } = {}
    circular.self = circular
    await expect(rows(store.db, sql`select ${circular}::jsonb`)).rejects.toThrow()
    expect(await firstRow(store.db, sql`select 1 as one`)).toEqual({ one: 1 })
  })

  test('an error never carries the parameters of its statement', async () => {
    const failed = rows(store.db, sql`select ${'secret-token'}::text from nowhere`)
    const error: unknown = await failed.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: '42P01' })
    expect(`${error instanceof Error ? error.message + error.stack : error}`).not.toContain('secret-token')
  })

  test('a transaction that throws leaves nothing behind', async () => {
    const half = transaction(store.db, async (tx) => {
      await rows(tx, sql`insert into portfolios (id, name, plans) values ('x', 'x', '[]')`)
      throw new Error('no')
    })
    await expect(half).rejects.toThrow('no')
    expect(await rows(store.db, sql`select * from portfolios`)).toEqual([])
  })

  test('a snapshot reads one state and writes nothing', async () => {
    const write = snapshot(store.db, (tx) => rows(tx, sql`delete from portfolios`))
    await expect(write).rejects.toThrow('read-only transaction')
  })

  test('who listens is woken', async () => {
    const heard = new Promise<string>((resolve, reject) => {
      store
        .listen('revisions', resolve)
        .then(() => store.notify('revisions', '7 12'))
        .catch(reject)
    })
    expect(await heard).toBe('7 12')
  })

  test('housekeeping runs', async () => {
    await store.maintain()
    expect(await firstRow(store.db, sql`select 1 as one`)).toEqual({ one: 1 })
  })
})

describe('opening PostgreSQL says what to do when', () => {
  const at = (change: (url: URL) => void): string => {
    const url = new URL(inject('postgresUrl'))
    change(url)
    return url.href
  }
  const refusal = async (url: string): Promise<Fault> => {
    const thrown: unknown = await openPostgres(url).catch((error: unknown) => error)
    if (!(thrown instanceof Fault)) throw new Error(`expected a fault, got ${thrown}`)
    expect(thrown.message).not.toContain('hunter2')
    return thrown
  }

  test('the database does not exist', async () => {
    const fault = await refusal(at((url) => Object.assign(url, { pathname: '/nowhere', password: 'hunter2' })))
    expect(fault).toMatchObject({ kind: 'misconfigured' })
    expect(fault.message).toMatch(/does not exist: host=127.0.0.1 port=\d+ database=nowhere: create it with createdb/)
  })

  test('the user is unknown', async () => {
    const fault = await refusal(at((url) => Object.assign(url, { username: 'nobody', password: 'hunter2' })))
    expect(fault).toMatchObject({ kind: 'misconfigured' })
    expect(fault.message).toContain('refuses the user or password')
  })

  test('nothing listens there', async () => {
    const port = await new Promise<string>((resolve) => {
      const server = createServer()
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        server.close(() => resolve(String(typeof address === 'object' ? address?.port : 0)))
      })
    })
    const fault = await refusal(at((url) => Object.assign(url, { port, password: 'hunter2' })))
    expect(fault).toMatchObject({ kind: 'unavailable' })
    expect(fault.message).toContain('no PostgreSQL answers')
  })

  test.each(['mysql://root:hunter2@db/plumbline', 'hunter2'])('the address is none', async (url) => {
    expect((await refusal(url)).message).toContain('write postgres://user:password@host:5432/name')
  })
})

describe('opening the embedded database', () => {
  test('keeps what was written, folder by folder', async () => {
    const folder = join(temporaryFolder(), 'new', 'database')
    const first = await openPglite(folder, { template: pgliteTemplate() })
    await rows(first.db, sql`insert into portfolios (id, name, plans) values ('retail', 'Retail', '[]')`)
    await first.close()
    await first.close()
    const second = await openPglite(folder, { template: pgliteTemplate() })
    expect(await rows(second.db, sql`select id from portfolios`)).toEqual([{ id: 'retail' }])
    await second.close()
  })

  test('says what to do when the folder cannot be used', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const opened = openPglite(join(file, 'database'))
    await expect(opened).rejects.toMatchObject({
      kind: 'misconfigured',
      message: expect.stringMatching(/PLUMBLINE_DATA/),
    })
  })

  test.each([
    { code: '53100', kind: 'unavailable', says: 'free space' },
    { code: '53300', kind: 'unavailable', says: 'max_connections' },
    { code: '57P01', kind: 'unavailable', says: 'try again' },
  ])('an error $code is a sentence', ({ code, kind, says }) => {
    expect(storeFault({ code })).toMatchObject({ kind, message: expect.stringContaining(says) })
    expect(storeFault({ code: '42601' })).toBeNull()
  })
})
