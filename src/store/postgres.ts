import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { Fault } from '../model/fault.ts'
import { type Store, rows } from './database.ts'
import { errorCode } from './faults.ts'
import { toJson } from './json.ts'
import * as schema from './schema.ts'

const OLDEST = 150_000

/**
 * Opens a PostgreSQL 15 or newer, also through Hyperdrive, and checks that it answers.
 *
 * @param url `postgres://user:password@host:port/database`
 * @throws Fault `misconfigured` (address, password, database, version) or `unavailable`, saying what to do
 */
export const openPostgres = async (url: string, { max = 10 }: { readonly max?: number } = {}): Promise<Store> => {
  const at = placeOf(url)
  const client = postgres(url, {
    max,
    connect_timeout: 10,
    fetch_types: false,
    onnotice: () => {},
    connection: { TimeZone: 'UTC', DateStyle: 'ISO', application_name: 'plumbline' },
    types: { int8: { to: 20, from: [20], parse: exactInteger, serialize: String } },
  })
  const db = drizzle(client, { schema, casing: 'snake_case' })
  makeParametersSafe(client.options.serializers)
  try {
    const [server] = await rows<{ version: string }>(db, sql`select current_setting('server_version_num') as version`)
    if (Number(server!.version) < OLDEST)
      throw new Fault(
        'misconfigured',
        `store: PostgreSQL is too old: ${at} version=${server!.version}: use 15 or newer`,
      )
  } catch (error) {
    await client.end({ timeout: 0 })
    throw connectFault(error, at)
  }
  return {
    db,
    kind: 'postgres',
    notify: async (channel, payload) => {
      await rows(db, sql`select pg_notify(${channel}, ${payload})`)
    },
    listen: async (channel, heard) => {
      const { unlisten } = await client.listen(channel, heard)
      return unlisten
    },
    maintain: async () => {},
    close: () => client.end({ timeout: 5 }),
  }
}

/** Host, port and database of an address: never user or password. */
const placeOf = (url: string): string => {
  try {
    const { protocol, hostname, port, pathname } = new URL(url)
    if (!/^postgres(ql)?:$/.test(protocol)) throw new TypeError('not a PostgreSQL address')
    return `host=${hostname} port=${port || 5432} database=${decodeURIComponent(pathname.slice(1)) || 'postgres'}`
  } catch (cause) {
    throw new Fault(
      'misconfigured',
      'store: DATABASE_URL is not an address: write postgres://user:password@host:5432/name',
      {
        cause,
      },
    )
  }
}

const connectFault = (error: unknown, at: string): unknown => {
  const cause = error instanceof Fault && error.kind === 'unavailable' ? error.cause : error
  const code = errorCode(cause)
  const fault = (kind: 'misconfigured' | 'unavailable', text: string) => new Fault(kind, `store: ${text}`, { cause })
  if (code === '28P01' || code === '28000')
    return fault('misconfigured', `PostgreSQL refuses the user or password: ${at}: correct them in DATABASE_URL`)
  if (code === '3D000')
    return fault(
      'misconfigured',
      `the database does not exist: ${at}: create it with createdb, or correct DATABASE_URL`,
    )
  if (code === '42501') return fault('misconfigured', `the user may not use the database: ${at}: grant it the rights`)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return fault('unavailable', `no such host: ${at}: correct DATABASE_URL or the name service`)
  if (error instanceof Fault && cause !== error)
    return fault('unavailable', `no PostgreSQL answers: ${at}: start it, or correct DATABASE_URL`)
  return error
}

/** int8 as a number where that is exact, else as a bigint: what PGlite does. */
const exactInteger = (text: string): number | bigint => {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

/**
 * Parameters are written inside the socket's handler: a serializer that throws, or gives no text, ends the process.
 * These never do; nonsense becomes text that the server refuses. Drizzle sets its own, so this runs after it.
 */
const makeParametersSafe = (serializers: Record<number, (value: never) => unknown>): void => {
  const text = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value))
  const json = (value: unknown): string => {
    if (typeof value === 'string') return value
    try {
      return JSON.stringify(value)
    } catch {
      return 'not JSON'
    }
  }
  const flag = (value: unknown): string => (value === true ? 't' : value === false ? 'f' : String(value))
  for (const type of Object.keys(serializers).map(Number)) serializers[type] = text
  for (const type of [114, 3802]) serializers[type] = json
  serializers[16] = flag
  for (const type of ARRAYS) serializers[type] = arrayText
}

/** Arrays of bool, int2, int4, text, int8, float8, date, timestamptz, numeric, jsonb. */
const ARRAYS = [1000, 1005, 1007, 1009, 1016, 1022, 1182, 1185, 1231, 3807]

const arrayText = (value: unknown): string => {
  if (!Array.isArray(value)) return String(value)
  const part = (each: unknown): string => {
    if (each === null || each === undefined) return 'NULL'
    const text = typeof each === 'object' && !(each instanceof Date) ? toJson(each) : String(each)
    return `"${text.replace(/[\\"]/g, '\\$&')}"`
  }
  return `{${value.map(part).join(',')}}`
}
