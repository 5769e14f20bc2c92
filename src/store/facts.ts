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
    const records = piece.map(({ subject, op, fact }, order) => ({ subject, op, order, ...fact }))
    await rows(
      tx,
      sql`with added as materialized (
            select * from jsonb_to_recordset(${toJson(records)}::jsonb) as r (subject bigint, op smallint, "order" int,
              key text, field text, "occurredAt" timestamptz, sequence int, value jsonb, actor text, assumed boolean)),
          known as materialized (
            select s.subject, coalesce(
              (select f.seq from facts f where f.item_id = s.subject order by f.seq desc limit 1), 0) as seq
            from (select distinct subject from added) s)
          insert into facts (item_id, seq, key, op, field, occurred_at, sequence, value, actor, assumed, recorded_at)
          select a.subject, k.seq + row_number() over (partition by a.subject order by a."order"), a.key, a.op, a.field,
            a."occurredAt", a.sequence, nullif(a.value, 'null'), a.actor, a.assumed, ${recordedAt}::timestamptz
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
  const histories = new Map<number, Map<string, Fact>>(subjects.map((subject) => [subject, new Map()]))
  const found = await rows<Row>(
    db,
    sql`select item_id, key, op, field, occurred_at, sequence, value, actor, assumed from facts
        where item_id in ${anyOf(subjects, 'bigint')} order by item_id, seq`,
  )
  for (const row of found) {
    const history = histories.get(row.item_id)!
    if (row.op < 0) history.delete(row.key)
    else history.set(row.key, factOf(row))
  }
  return new Map([...histories].map(([subject, facts]) => [subject, [...facts.values()].sort(byOccurrence)]))
}

interface Row {
  readonly item_id: number
  readonly key: string
  readonly op: number
  readonly field: Fact['field']
  readonly occurred_at: string
  readonly sequence: number
  readonly value: unknown
  readonly actor: string | null
  readonly assumed: boolean
}

const factOf = (row: Row): Fact =>
  ({
    key: row.key,
    field: row.field,
    occurredAt: isoFromDatabase(row.occurred_at),
    sequence: row.sequence,
    value: row.value,
    actor: row.actor,
    assumed: row.assumed,
  }) as Fact
