import { sql } from 'drizzle-orm'
import { type Database, rows } from './database.ts'
import { anyOf, toJson } from './json.ts'

/**
 * Ledger subjects of entered actuals: those known keep theirs, new ones get the next number.
 *
 * @param keys phase, date, note, occurrence: what makes an entry itself
 */
export const numberActuals = async (
  tx: Database,
  planNo: number,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  await rows(
    tx,
    sql`insert into plan_actuals (plan_no, key)
        select ${planNo}::int, key from jsonb_array_elements_text(${toJson([...new Set(keys)])}::jsonb) as wanted (key)
        order by key
        on conflict (plan_no, key) do nothing`,
  )
  const found = await rows<{ key: string; subject: number }>(
    tx,
    sql`select key, subject from plan_actuals where plan_no = ${planNo} and key in ${anyOf(keys)}`,
  )
  return new Map(found.map(({ key, subject }) => [key, subject]))
}
