import { missingFact } from '../ledger/missing-fact.ts'
import { projectItem } from '../ledger/project-item.ts'
import { reconcileFacts } from '../ledger/reconcile-facts.ts'
import type { Fact, PulledItem } from '../model/fact.ts'
import type { IsoInstant } from '../model/time.ts'
import type { Presence } from '../model/work-item.ts'
import { type Store, transaction } from '../store/database.ts'
import { type FactEntry, appendFacts, loadFacts } from '../store/facts.ts'
import { type ItemRow, loadItems, lockItems, saveItems } from '../store/items.ts'
import { asStored } from '../store/json.ts'
import { subjectsOf } from '../store/list-items.ts'
import { markConcerned } from './mark-concerned.ts'

/** What one pull found, as it is to be recorded. */
export interface PullFinding {
  readonly items: readonly PulledItem[]
  /** Ids that were asked for and that the tracker no longer shows, and what that means. */
  readonly missing: readonly { readonly externalId: string; readonly presence: Exclude<Presence, 'present'> }[]
  /** When the pull began: of two pulls of an item the one that began later knows better. */
  readonly startedAt: IsoInstant
}

/**
 * Writes what a pull found as facts, and the items' present rows; all of it or nothing. With the facts goes a note to
 * every plan that they may concern, so that a crash before they are settled loses nothing: settle what is noted next.
 *
 * @returns subjects of which something is known now that was not known before; recording the same pull again gives none
 */
export const recordPull = (
  store: Store,
  sourceNo: number,
  { items: found, missing, startedAt }: PullFinding,
  recordedAt: IsoInstant,
): Promise<readonly number[]> =>
  transaction(store.db, async (tx) => {
    const items = asStored(found)
    const held = await subjectsOf(
      tx,
      sourceNo,
      missing.map((gone) => gone.externalId),
    )
    const gone = missing.filter(({ externalId }) => held.has(externalId))
    if (items.length + gone.length === 0) return []
    const locked = await lockItems(
      tx,
      sourceNo,
      [...items, ...gone].map(({ externalId }) => externalId),
    )
    const known = [...locked.values()].filter((item) => item.pulledAt !== null).map((item) => item.subject)
    const facts = await loadFacts(tx, known)
    const entries: FactEntry[] = []
    const rows: ItemRow[] = []
    const changed: number[] = []

    for (const pulled of items) {
      const { subject, pulledAt } = locked.get(pulled.externalId)!
      const stored = facts.get(subject) ?? []
      const change = reconcileFacts(stored, pulled, { startedAt, previousStartedAt: pulledAt })
      if (change.assert.length + change.retract.length > 0) changed.push(subject)
      entries.push(...entriesOf(subject, change))
      rows.push(rowOf(pulled, after(stored, change), latest(startedAt, pulledAt)))
    }
    if (gone.length > 0) {
      const present = await loadItems(
        tx,
        gone.map(({ externalId }) => locked.get(externalId)!.subject),
      )
      for (const { externalId, presence } of gone) {
        const { subject, pulledAt } = locked.get(externalId)!
        const item = present.get(subject)
        if (!item || item.presence === presence || (pulledAt !== null && pulledAt > startedAt)) continue
        const stored = facts.get(subject) ?? []
        const change = { assert: [missingFact(presence, startedAt)], retract: [] }
        changed.push(subject)
        entries.push(...entriesOf(subject, change))
        rows.push(rowOf(item, after(stored, change), latest(startedAt, pulledAt)))
      }
    }
    await saveItems(tx, sourceNo, rows)
    await appendFacts(tx, entries, recordedAt)
    if (changed.length > 0) await markConcerned(tx, sourceNo, changed)
    return changed
  })

interface FactChange {
  readonly assert: readonly Fact[]
  readonly retract: readonly Fact[]
}

const entriesOf = (subject: number, { assert, retract }: FactChange): FactEntry[] => [
  ...retract.map((fact) => ({ subject, op: -1 as const, fact })),
  ...assert.map((fact) => ({ subject, op: 1 as const, fact })),
]

const after = (stored: readonly Fact[], { assert, retract }: FactChange): readonly Fact[] => {
  const gone = new Set(retract.map((fact) => fact.key))
  return [...stored.filter((fact) => !gone.has(fact.key)), ...assert]
}

const latest = (a: IsoInstant, b: IsoInstant | null): IsoInstant => (b !== null && b > a ? b : a)

const rowOf = (
  item: Pick<PulledItem, 'externalId' | 'key' | 'url' | 'createdAt' | 'updatedAt'>,
  facts: readonly Fact[],
  pulledAt: IsoInstant,
): ItemRow => {
  const { status, createdAt, changedAt: _, ...fields } = projectItem(facts)
  return {
    ...fields,
    externalId: item.externalId,
    key: item.key,
    url: item.url,
    state: status.state,
    status: status.name,
    createdAt: createdAt ?? item.createdAt,
    updatedAt: item.updatedAt,
    pulledAt,
    factCount: facts.length,
  }
}
