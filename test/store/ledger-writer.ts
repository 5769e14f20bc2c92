import { readFileSync, writeSync } from 'node:fs'
import { NO_AMOUNTS } from '../../src/model/posting.ts'
import { transaction } from '../../src/store/database.ts'
import { lockHead, takeRevision } from '../../src/store/heads.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPglite } from '../../src/store/pglite.ts'
import { createPlan } from '../../src/store/plans.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { insertPostings } from '../../src/store/postings.ts'
import { readMigrations } from '../../src/store/read-migrations.ts'

/** A process that writes revisions of two lines each until it is killed, and says which ones were acknowledged. */
const [place, template] = process.argv.slice(2) as [string, string]
const store = place.startsWith('postgres://')
  ? await openPostgres(place)
  : await openPglite(place, { template: new Blob([new Uint8Array(readFileSync(template))]) })
await migrate(store.db, readMigrations())
const plan = await createPlan(store.db, 'checkout', '2026-03-01T00:00:00.000Z')

for (;;) {
  const { revision } = await transaction(store.db, async (tx) => {
    const now = '2026-03-10T08:00:00.000Z'
    const note = { kind: 'facts' as const, actor: null, summary: null, lines: 2, unmappedItems: 0, now }
    const head = await takeRevision(tx, await lockHead(tx, plan.no), note)
    const line = (subject: number) => ({
      subject,
      seq: head.revision,
      revision: head.revision,
      epoch: head.epoch,
      book: 0,
      phaseNo: 1,
      day: '2026-03-10',
      occurredAt: now,
      cause: 'estimated' as const,
      entry: 'fact' as const,
      factKey: null,
      reverses: null,
      resourceNo: null,
      amounts: { ...NO_AMOUNTS, size: 1_000_000n },
    })
    await insertPostings(tx, plan.no, [line(1), line(2)])
    return head
  })
  writeSync(1, `${revision}\n`)
}
