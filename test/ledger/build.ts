import type { LedgerSubject } from '../../src/ledger/ledger-context.ts'
import { sizeOf } from '../../src/model/amounts.ts'
import { MONDAY_TO_FRIDAY } from '../../src/model/calendar.ts'
import type { Fact } from '../../src/model/fact.ts'
import type { Phase, PlanDocument } from '../../src/model/plan.ts'
import { type DesiredLine, NO_AMOUNTS } from '../../src/model/posting.ts'
import type { IsoInstant } from '../../src/model/time.ts'
import type { ItemFields, Reference, WorkState } from '../../src/model/work-item.ts'

/** A phase that takes nothing, costs nothing and has no dates; what a test names is different. */
export const phase = (no: number, id: string, given: Partial<Phase> = {}): Phase => ({
  no,
  id,
  name: id,
  parent: null,
  level: 0,
  owner: null,
  start: null,
  finish: null,
  size: null,
  budget: null,
  after: [],
  progress: { kind: 'items' },
  map: [],
  objectives: [],
  milestones: [],
  actuals: [],
  actualStart: null,
  actualFinish: null,
  actualCost: 'both',
  unitsTotal: null,
  declared: [],
  ...given,
})

/** A plan in points, in UTC, in euro, without resources. */
export const plan = (phases: readonly Phase[], given: Partial<PlanDocument> = {}): PlanDocument => ({
  id: 'checkout',
  name: 'Checkout',
  zone: 'UTC',
  currency: 'EUR',
  unit: 'points',
  missingSize: 1,
  calendar: MONDAY_TO_FRIDAY,
  phases,
  resources: [],
  objectives: [],
  allocations: [],
  risks: [],
  stakeholders: [],
  ...given,
})

/** Build takes label `build`, Launch takes label `launch`. */
export const BUILD = phase(1, 'build', { map: [{ label: ['build'] }] })
export const LAUNCH = phase(2, 'launch', { map: [{ label: ['launch'] }] })

/** `2026-03-02` means noon of that day. */
const instant = (at: string): IsoInstant => (at.length === 10 ? `${at}T12:00:00.000Z` : at)

const base = (at: string, field: string, value: unknown) => ({
  key: `${field}@${at}=${JSON.stringify(value)}`,
  occurredAt: instant(at),
  sequence: 0,
  actor: null,
  assumed: false,
})

export const created = (at: string): Fact => ({ ...base(at, 'created', null), field: 'created', value: null })

export const changed = <F extends keyof ItemFields>(at: string, field: F, value: ItemFields[F]): Fact =>
  ({ ...base(at, field, value), field, value }) as Fact

export const state = (at: string, to: WorkState): Fact => changed(at, 'status', { name: to, state: to })

export const worked = (at: string, id: string, seconds: number | null, account: string | null = null): Fact => ({
  ...base(at, 'worklog', id),
  key: `worklog:${id}`,
  field: 'worklog',
  value: { id, account, startedAt: instant(at), seconds },
})

/** An item that was born on a day with a label and an estimate. */
export const born = (at: string, label: string, points: number | null): Fact[] => [
  created(at),
  changed(at, 'labels', [label]),
  ...(points === null ? [] : [changed(at, 'points', points)]),
]

export const item = (subject: number, facts: readonly Fact[]): LedgerSubject => ({
  subject,
  source: 'web',
  externalId: `id-${subject}`,
  key: `acme/web#${subject}`,
  facts,
})

export const childOf = (at: string, parent: number): Fact => changed(at, 'parent', reference(parent))

export const reference = (subject: number): Reference => ({ id: `id-${subject}`, key: `acme/web#${subject}` })

/** One line in a few words: day, phase, cause, and the amounts that are not zero (sizes in points). */
export const told = (line: DesiredLine): string => {
  const amounts = Object.entries(line.amounts)
    .filter(([name, amount]) => amount !== NO_AMOUNTS[name as keyof typeof NO_AMOUNTS])
    .map(([name, amount]) => `${name} ${signed(typeof amount === 'bigint' ? sizeOf(amount) : amount)}`)
  const book = line.book === 0 ? '' : `book ${line.book} `
  return `${book}${line.day} ${line.phaseNo} ${line.cause}: ${amounts.join(', ')}`
}

const signed = (amount: number): string => (amount > 0 ? `+${amount}` : `${amount}`)
