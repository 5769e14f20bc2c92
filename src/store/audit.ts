import { sql } from 'drizzle-orm'
import type { IsoInstant } from '../model/time.ts'
import { type Database, firstRow, rows } from './database.ts'
import { isoFromDatabase } from './instant.ts'
import { jsonb, storableText, toJson } from './json.ts'

/** Something that somebody changed. Ids only, never names of people. */
export interface AuditNote {
  readonly at: IsoInstant
  readonly actor: string
  readonly action: string
  /** What was changed: `plan:checkout`. */
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
}

export interface AuditEntry extends AuditNote {
  readonly no: number
  readonly previousHash: string | null
  /** SHA-256 of the note and of the hash before it. */
  readonly hash: string
}

const LOCK = 724_002

/** Writes a note in the transaction of the change itself. Others who write one wait until it ends: do it last. */
export const appendAudit = async (tx: Database, note: AuditNote): Promise<AuditEntry> => {
  await rows(tx, sql`select pg_advisory_xact_lock(${LOCK})`)
  const last = await firstRow<{ hash: string }>(tx, sql`select hash from audit order by no desc limit 1`)
  const clean = stored(note)
  const previousHash = last?.hash ?? null
  const hash = await hashOf(clean, previousHash)
  const row = await firstRow<Row>(
    tx,
    sql`insert into audit (at, actor, action, subject, before, after, previous_hash, hash)
        values (${clean.at}, ${clean.actor}, ${clean.action}, ${clean.subject}, ${jsonb(clean.before)},
          ${jsonb(clean.after)}, ${previousHash}, ${hash})
        returning *`,
  )
  return entryOf(row!)
}

/** Newest first. @param page.before only notes below this number */
export const listAudit = async (
  db: Database,
  page: { readonly before?: number; readonly limit: number; readonly subject?: string },
): Promise<readonly AuditEntry[]> => {
  const found = await rows<Row>(
    db,
    sql`select * from audit
        where no < coalesce(${page.before ?? null}::bigint, 9223372036854775807)
          and subject = coalesce(${page.subject ?? null}, subject)
        order by no desc limit ${page.limit}`,
  )
  return found.map(entryOf)
}

const PAGE = 1000

/** Walks the chain from its beginning. @returns the number of the first note that was tampered with; `null` = none */
export const verifyAudit = async (db: Database): Promise<number | null> => {
  let previousHash: string | null = null
  for (let after = 0; ; ) {
    const page: readonly Row[] = await rows<Row>(
      db,
      sql`select * from audit where no > ${after} order by no limit ${PAGE}`,
    )
    for (const entry of page.map(entryOf)) {
      if (entry.previousHash !== previousHash || entry.hash !== (await hashOf(entry, previousHash))) return entry.no
      previousHash = entry.hash
      after = entry.no
    }
    if (page.length < PAGE) return null
  }
}

/** A note as it will be read back: what is hashed must be what is stored. */
const stored = ({ at, actor, action, subject, before, after }: AuditNote): AuditNote => ({
  at: new Date(at).toISOString(),
  actor: storableText(actor),
  action: storableText(action),
  subject: storableText(subject),
  before: JSON.parse(toJson(before)),
  after: JSON.parse(toJson(after)),
})

const hashOf = async ({ at, actor, action, subject, before, after }: AuditNote, previous: string | null) => {
  const text = JSON.stringify(sortKeys([previous, at, actor, action, subject, before, after]))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** `jsonb` keeps its own order of keys. */
const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, part]) => [key, sortKeys(part)]))
}

interface Row {
  readonly no: number
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
  readonly previous_hash: string | null
  readonly hash: string
}

const entryOf = (row: Row): AuditEntry => ({
  no: row.no,
  at: isoFromDatabase(row.at),
  actor: row.actor,
  action: row.action,
  subject: row.subject,
  before: row.before,
  after: row.after,
  previousHash: row.previous_hash,
  hash: row.hash,
})
