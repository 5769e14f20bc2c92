import fc from 'fast-check'
import type { LedgerBaseline, LedgerSubject } from '../../src/ledger/ledger-context.ts'
import type { Fact } from '../../src/model/fact.ts'
import type { PlanDocument } from '../../src/model/plan.ts'
import type { Presence, WorkState } from '../../src/model/work-item.ts'
import { addDays } from '../../src/model/time.ts'
import { BUILD, LAUNCH, changed, created, item, phase, plan, reference, state, worked } from './build.ts'

/** Plans that file the same items differently: two phases; one for all; nested, in hours; re-organised on a day. */
export const PLANS: readonly PlanDocument[] = [
  plan([BUILD, LAUNCH]),
  plan([phase(2, 'launch', { map: [{ source: ['web'] }] })], { zone: 'Asia/Kathmandu', missingSize: 3 }),
  plan(
    [
      phase(1, 'build', { map: [{ label: ['build'] }] }),
      phase(3, 'part', { parent: 'build', map: [{ label: ['launch'] }] }),
    ],
    { unit: 'hours', zone: 'America/St_Johns', currency: null },
  ),
  plan([phase(2, 'launch', { map: [{ label: ['build'], from: '2026-03-20' }, { label: ['launch'] }] }), BUILD]),
]

const moment = fc
  .record({ day: fc.nat(40), hour: fc.constantFrom('00', '03', '12', '23') })
  .map(({ day, hour }) => `${addDays('2026-03-01', day)}T${hour}:45:00.000Z`)

const STATES: readonly WorkState[] = ['todo', 'doing', 'done', 'done', 'dropped']
const PRESENCES: readonly Presence[] = ['present', 'deleted', 'invisible']

const event = (self: number, items: number): fc.Arbitrary<Fact> =>
  fc.oneof(
    fc.tuple(moment, fc.constantFrom(...STATES)).map(([at, to]) => state(at, to)),
    fc.tuple(moment, fc.constantFrom(null, 0, 1, 3, 0.1, 13)).map(([at, points]) => changed(at, 'points', points)),
    fc.tuple(moment, fc.constantFrom(null, 0, 600, 5400)).map(([at, to]) => changed(at, 'estimateSeconds', to)),
    fc
      .tuple(moment, fc.constantFrom(['build'], ['launch'], ['build', 'launch'], []))
      .map(([at, labels]) => changed(at, 'labels', labels)),
    fc.tuple(moment, fc.constantFrom(...PRESENCES)).map(([at, presence]) => changed(at, 'presence', presence)),
    fc
      .tuple(moment, fc.option(fc.integer({ min: 1, max: items })))
      .map(([at, parent]) => changed(at, 'parent', parent === null || parent === self ? null : reference(parent))),
    fc
      .tuple(moment, fc.nat(3), fc.constantFrom(null, 60, 3600))
      .map(([at, id, seconds]) => worked(at, `${self}-${id}`, seconds)),
  )

/** The life of one item: born with a label, then anything. One fact per key, as active facts are. */
const life = (subject: number, items: number): fc.Arbitrary<LedgerSubject> =>
  fc
    .tuple(moment, fc.constantFrom(['build'], ['launch'], []), fc.array(event(subject, items), { maxLength: 8 }))
    .map(([at, labels, events]) => {
      const facts = [created(at), changed(at, 'labels', labels), ...events]
      return item(subject, [...new Map(facts.map((fact) => [fact.key, fact])).values()])
    })

/** One to five items with any history, some of them each other's parents, also in circles. */
export const histories: fc.Arbitrary<readonly LedgerSubject[]> = fc
  .integer({ min: 1, max: 5 })
  .chain((items) => fc.tuple(...Array.from({ length: items }, (_, index) => life(index + 1, items))))

/** No, one or two baselines; each lists any of the items, in any phase. */
export const baselineSets: fc.Arbitrary<readonly LedgerBaseline[]> = fc
  .array(fc.record({ items: fc.uniqueArray(fc.integer({ min: 1, max: 5 })), of: fc.constantFrom(...PLANS) }), {
    maxLength: 2,
  })
  .map((sets) =>
    sets.map(({ items, of }, index) => ({
      number: index + 1,
      zone: of.zone,
      firstDay: index === 0 ? null : '2026-03-15',
      plan: of,
      items: new Map(
        items.map((subject) => [subject, { phaseNo: 1 + (subject % 2), value: 1_000_000_007n * BigInt(subject) }]),
      ),
    })),
  )

export const plans = fc.constantFrom(...PLANS)
