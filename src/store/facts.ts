import { sql } from 'drizzle-orm'
import { type Fact, byOccurrence } from '../model/fact.ts'
import type { IsoInstant } from '../model/time.ts'
import { type Database, rows } from './database.ts'
import { isoFromDatabase } from './instant.ts'
import { anyOf, pieces, toJson } from './json.ts'

/** One row of an item's history: a fact asserted (1) or taken back (-1). */
export interface FactEntry {
  readonly subject: number
  readonly op: 1 | -1
  readonly fact: Fact
}

const PIECE = 2000

/** Adds to the history of items that this transaction has locked: numbered without gaps, in the order given. */
export const appendFacts = async (
  tx: Database,
  entries: readonly FactEntry[],
  recordedAt: IsoInstant,
): Promise<void> => {
  for (const piece of pieces(entries, PIECE)) {
    const counts = new Map<number, number>()
    const records = piece.map(({ subject, op, fact }) => {
      const order = (counts.get(subject) ?? 0) + 1
      counts.set(subject, order)
      return { subject, op, order, ...fact }
    })
    await rows(
      tx,
      sql`with added as materialized (
            select * from json_to_recordset(${toJson(records)}::json) as r (subject bigint, op smallint, "order" int,
              key text, field text, "occurredAt" timestamptz, sequence int, value jsonb, actor text, assumed boolean)),
          known as materialized (
            select s.subject, coalesce(
              (select f.seq from facts f where f.item_id = s.subject order by f.seq desc limit 1), 0) as seq
            from (select distinct subject from added) s)
          insert into facts (item_id, seq, key, op, field, occurred_at, sequence, value, actor, assumed, recorded_at)
          select a.subject, k.seq + a."order", a.key, a.op, a.field, a."occurredAt", a.sequence,
            nullif(a.value, 'null'), a.actor, a.assumed, ${recordedAt}::timestamptz
          from added a join known k on k.subject = a.subject`,
    )
  }
}

/**
 * The facts that hold: asserted and not taken back; the last word on a key counts. In the order in which they occurred.
 *
 * @returns an entry for every subject asked for, empty where nothing is known
 */
export const loadFacts = async (
  db: Database,
  subjects: readonly number[],
): Promise<ReadonlyMap<number, readonly Fact[]>> => {
  const known = new Map<number, readonly Fact[]>(subjects.map((subject) => [subject, []]))
  if (subjects.length === 0) return known
  // One row an item: the embedded database takes three times as long for one row a fact.
  const found = await rows<{ item_id: number; history: readonly Row[] }>(
    db,
    sql`select item_id,
          json_agg(json_build_array(key, op, field, occurred_at, sequence, value, actor, assumed) order by seq) as history
        from facts where item_id in ${anyOf(subjects, 'bigint')} group by item_id`,
  )
  for (const { item_id, history } of found) {
    const facts = new Map<string, Fact>()
    for (const row of history) {
      const [key, op] = row
      if (op < 0) facts.delete(key)
      else facts.set(key, factOf(row))
    }
    known.set(item_id, [...facts.values()].sort(byOccurrence))
  }
  return known
}

type Row = readonly [
  key: string,
  op: number,
  field: Fact['field'],
  occurredAt: string,
  sequence: number,
  value: unknown,
  actor: string | null,
  assumed: boolean,
]

const factOf = ([key, , field, occurredAt, sequence, value, actor, assumed]: Row): Fact =>
  ({ key, field, occurredAt: isoFromDatabase(occurredAt), sequence, value, actor, assumed }) as Fact
