import { moneyOf } from '../../model/amounts.ts'
import type { DatedRate } from '../../model/resource.ts'
import type { IsoDate } from '../../model/time.ts'
import { rateDefaults } from './check-rates.ts'
import { resolveRates } from './resolve-resource.ts'
import { type Setup, type SetupPlan, allPhases } from './setup.ts'

/** What a change is about: the audit trail and the dry run name it so. */
export type ChangedThing = 'connection' | 'source' | 'resource' | 'plan' | 'phase' | 'portfolio'

/** One difference between two set-ups. Values are plain JSON; a secret is only ever `set`, `not set` or `changed`. */
export interface Change {
  readonly kind: 'added' | 'changed' | 'removed'
  readonly thing: ChangedThing
  /** Of the thing; of a phase, its own id. */
  readonly id: string
  /** The plan of a phase or plan; `null` elsewhere. */
  readonly plan: string | null
  /** The field that changed; `null` when the whole thing was added or removed. */
  readonly field: string | null
  readonly before: unknown
  readonly after: unknown
}

export interface DiffContext {
  /** The day on which a new scalar rate would start. */
  readonly today: IsoDate
  /**
   * `true`: the files are the whole set-up, what they do not name is to be removed. `false`: things that they do not
   * name stay. Phases and entries within a plan that is named are always the whole.
   */
  readonly whole: boolean
}

/**
 * What applying a set-up would change, for the dry run, the question before removals (`kind: 'removed'`) and the audit
 * trail. Empty when it says what is there already.
 */
export const diffSetup = (current: Setup, next: Setup, { today, whole }: DiffContext): readonly Change[] => {
  const kept = whole ? [] : current.plans.filter(({ id }) => !next.plans.some((plan) => plan.id === id))
  const defaultsBefore = rateDefaults(current.plans)
  const defaultsAfter = rateDefaults([...next.plans, ...kept])
  const ratesBefore = new Map(
    current.resources.map((resource) => [
      resource.id,
      resource.rate === null && resource.rates.length === 0 ? [] : resolveRates(resource, [], today, defaultsBefore),
    ]),
  )
  return [
    ...things(
      'connection',
      current.connections,
      next.connections,
      whole,
      ({ secrets, variables: _, id: _id, ...same }) => ({
        ...same.settings,
        tracker: same.tracker,
        url: same.url,
        ...Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, new Secret(value)])),
      }),
    ),
    ...things('source', current.sources, next.sources, whole, ({ connection, settings }) => ({
      connection,
      ...settings,
    })),
    ...things('resource', current.resources, next.resources, whole, ({ id, rate, rates, ...same }, side) => ({
      ...same,
      rates: (side === 'before'
        ? (ratesBefore.get(id) ?? [])
        : resolveRates({ rate, rates }, ratesBefore.get(id) ?? [], today, defaultsAfter)
      ).map(rateText),
    })),
    ...things(
      'plan',
      current.plans,
      next.plans,
      whole,
      (plan) => without(plan, 'id', 'phases'),
      ({ id }) => id,
    ),
    ...next.plans.flatMap((plan) =>
      phasesOf(
        current.plans.find(({ id }) => id === plan.id),
        plan,
      ),
    ),
    ...things('portfolio', current.portfolios, next.portfolios, whole, (portfolio) => without(portfolio, 'id')),
  ]
}

/** What would disappear: the command asks before it goes on. */
export const removals = (changes: readonly Change[]): readonly Change[] =>
  changes.filter(({ kind }) => kind === 'removed')

/** `95 EUR/h`, `from 2026-07-01 105 EUR/h` */
const rateText = ({ from, microPerHour, currency }: DatedRate): string =>
  `${from === null ? '' : `from ${from} `}${moneyOf(BigInt(microPerHour), currency)} ${currency}/h`

class Secret {
  readonly value: unknown
  constructor(value: unknown) {
    this.value = value
  }
}

type Fields = Readonly<Record<string, unknown>>

const things = <T extends { readonly id: string }>(
  thing: ChangedThing,
  current: readonly T[],
  next: readonly T[],
  whole: boolean,
  fieldsOf: (entry: T, side: 'before' | 'after') => Fields,
  planOf: (entry: T) => string | null = () => null,
): Change[] => {
  const before = new Map(current.map((entry) => [entry.id, entry]))
  const kept = new Set(next.map(({ id }) => id))
  const gone = whole ? current.filter(({ id }) => !kept.has(id)) : []
  return [
    ...next.flatMap((entry): Change[] => {
      const old = before.get(entry.id)
      const base = { thing, id: entry.id, plan: planOf(entry) }
      if (old === undefined)
        return [{ ...base, kind: 'added', field: null, before: null, after: shown(fieldsOf(entry, 'after')) }]
      return fieldChanges(fieldsOf(old, 'before'), fieldsOf(entry, 'after')).map((change) => ({ ...base, ...change }))
    }),
    ...gone.map((entry): Change => {
      const fields = shown(fieldsOf(entry, 'before'))
      return { thing, id: entry.id, plan: planOf(entry), kind: 'removed', field: null, before: fields, after: null }
    }),
  ]
}

const phasesOf = (current: SetupPlan | undefined, next: SetupPlan): Change[] => {
  const placed = (plan: SetupPlan) =>
    allPhases(plan.phases).map(({ phase, parent }) => ({ ...without(phase, 'phases'), parent }))
  const after = placed(next)
  const before = current === undefined ? [] : placed(current)
  const changes = things(
    'phase',
    before,
    after,
    true,
    (phase) => without(phase, 'id'),
    () => next.id,
  )
  const order = (phases: readonly { readonly id: string }[], other: readonly { readonly id: string }[]) =>
    phases.map(({ id }) => id).filter((id) => other.some((phase) => phase.id === id))
  // The order decides which rule wins.
  const [was, is] = [order(before, after), order(after, before)]
  if (same(was, is)) return changes
  const base = { thing: 'plan', id: next.id, plan: next.id, kind: 'changed' } as const
  return [{ ...base, field: 'order of phases', before: was, after: is }, ...changes]
}

const fieldChanges = (before: Fields, after: Fields): Pick<Change, 'kind' | 'field' | 'before' | 'after'>[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    const [old, now] = [before[field], after[field]]
    if (old instanceof Secret || now instanceof Secret) {
      const [oldValue, newValue] = [asSecret(old), asSecret(now)]
      if (same(oldValue, newValue)) return []
      const words = newValue === undefined ? 'not set' : oldValue === undefined ? 'set' : 'changed'
      return [{ kind: 'changed', field, before: oldValue === undefined ? 'not set' : 'set', after: words }]
    }
    return same(old ?? null, now ?? null) ? [] : [{ kind: 'changed', field, before: old ?? null, after: now ?? null }]
  })

const asSecret = (value: unknown): unknown => (value instanceof Secret ? value.value : undefined)

const shown = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, value instanceof Secret ? 'set' : value]))

const without = <T extends object, K extends keyof T & string>(entry: T, ...keys: K[]): Omit<T, K> & Fields =>
  Object.fromEntries(Object.entries(entry).filter(([key]) => !keys.some((left) => left === key))) as Omit<T, K> & Fields

/** Equal as JSON, whatever the order of keys. */
const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b)

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? 'undefined'
