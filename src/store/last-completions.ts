import { sql } from 'drizzle-orm'
import { type IsoDate, type IsoInstant, compareInstants } from '../model/time.ts'
import { type Zone, dayInZone } from '../model/zone.ts'
import { type Database, rows } from './database.ts'
import { isoFromDatabase } from './instant.ts'
import { toJson } from './json.ts'

/**
 * The day on which the last of the items that are done in a phase was done. Balances tell when the phase gained a done
 * item; one that was filed there after it was done was done before. So the days on which a phase gained some are looked
 * at, latest first, until those before cannot hold a later completion: mostly one day is enough.
 *
 * @param query.phaseNos phases to ask for; those without a done item are left out of the answer
 */
export const readLastCompletions = async (
  db: Database,
  planNo: number,
  query: {
    readonly phaseNos: readonly number[]
    readonly asOf: IsoDate
    readonly revision: number
    readonly zone: Zone
  },
): Promise<ReadonlyMap<number, IsoDate>> => {
  const best = new Map<number, IsoInstant>()
  let pending = query.phaseNos.map((phaseNo) => ({ phaseNo, until: query.asOf, inclusive: true }))
  while (pending.length > 0) {
    const found = await rows<LatestDays>(
      db,
      sql`select asked."phaseNo" as phase_no, gained.day, max(coalesce(
            case when l.cause = 'completed' then l.occurred_at end,
            (select max(c.occurred_at) from postings c
             where c.plan_no = ${planNo} and c.subject = l.subject and c.book = 0 and c.cause = 'completed'
               and c.done > 0 and c.revision <= ${query.revision} and c.occurred_at <= l.occurred_at
               and not exists (select 1 from postings r where r.plan_no = ${planNo} and r.subject = c.subject
                 and r.reverses = c.seq and r.revision <= ${query.revision})),
            l.occurred_at)) as done_at
          from jsonb_to_recordset(${toJson(pending)}::jsonb) as asked ("phaseNo" int, until date, inclusive boolean)
          cross join lateral (
            select day from postings
            where plan_no = ${planNo} and phase_no = asked."phaseNo" and book = 0 and done > 0
              and revision <= ${query.revision}
              and (day < asked.until or (asked.inclusive and day = asked.until))
            order by day desc limit 1) gained
          left join postings l on l.plan_no = ${planNo} and l.phase_no = asked."phaseNo" and l.day = gained.day
            and l.book = 0 and l.done > 0 and l.reverses is null and l.revision <= ${query.revision}
            and not exists (select 1 from postings r where r.plan_no = ${planNo} and r.subject = l.subject
              and r.reverses = l.seq and r.revision <= ${query.revision})
            and (select sum(now.done) from postings now where now.plan_no = ${planNo} and now.subject = l.subject
              and now.phase_no = l.phase_no and now.book = 0 and now.day <= ${query.asOf}::date
              and now.revision <= ${query.revision}) > 0
          group by 1, 2`,
    )
    for (const { phase_no, done_at } of found) {
      if (done_at === null) continue
      const doneAt = isoFromDatabase(done_at)
      const before = best.get(phase_no)
      if (before === undefined || compareInstants(doneAt, before) > 0) best.set(phase_no, doneAt)
    }
    pending = found.flatMap(({ phase_no, day }) => {
      const doneAt = best.get(phase_no)
      const isSettled = doneAt !== undefined && dayInZone(doneAt, query.zone) >= day
      return isSettled ? [] : [{ phaseNo: phase_no, until: day, inclusive: false }]
    })
  }
  return new Map([...best].map(([phaseNo, doneAt]) => [phaseNo, dayInZone(doneAt, query.zone)]))
}

interface LatestDays {
  readonly phase_no: number
  readonly day: IsoDate
  readonly done_at: string | null
}
