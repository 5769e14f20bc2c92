import type { Family, LedgerSubject } from '../ledger/ledger-context.ts'
import type { Fact } from '../model/fact.ts'
import type { Database } from '../store/database.ts'
import { loadFacts } from '../store/facts.ts'
import { nameItems } from '../store/items.ts'
import { childrenOf, parentsOf } from '../store/relatives.ts'

/** Subjects to settle, with everything that their lines depend on. */
export interface LoadedSubjects {
  /** Those asked for and their relatives whose lines may change with them. */
  readonly toSettle: readonly LedgerSubject[]
  readonly family: Family
}

/**
 * Loads subjects with their facts, and all that stands above and below them. Ancestors are settled with them: a child
 * decides on its parent's lines. With baselines descendants are too: below a listed item nothing counts as an addition.
 * Relations that a fact named once count too: an item that left its parent weighs on the parent's past.
 */
export const loadSubjects = async (
  db: Database,
  subjects: readonly number[],
  { settleDescendants = false }: { readonly settleDescendants?: boolean } = {},
): Promise<LoadedSubjects> => {
  const parents = new Map<number, Set<number>>()
  const settling = new Set(subjects)
  for (let level = [...subjects]; level.length > 0; ) {
    const above = await parentsOf(db, level)
    const next: number[] = []
    for (const [child, found] of above)
      for (const parent of found) {
        relate(parents, child, parent)
        if (!settling.has(parent)) next.push(parent)
        settling.add(parent)
      }
    level = [...new Set(next)]
  }
  const children = new Map<number, Set<number>>()
  const loaded = new Set(settling)
  for (let level = [...settling]; level.length > 0; ) {
    const below = await childrenOf(db, level)
    const next: number[] = []
    for (const [parent, found] of below)
      for (const child of found) {
        relate(children, parent, child)
        relate(parents, child, parent)
        if (!loaded.has(child)) next.push(child)
        loaded.add(child)
      }
    level = [...new Set(next)]
  }
  if (settleDescendants) for (const subject of settlingFrom(subjects, children)) settling.add(subject)
  const [items, facts] = [await nameItems(db, [...loaded]), await loadFacts(db, [...loaded])]
  const byNumber = new Map<number, LedgerSubject>()
  for (const [subject, item] of items) byNumber.set(subject, { ...item, facts: facts.get(subject) ?? NO_FACTS })
  return {
    toSettle: pick(byNumber, settling),
    family: {
      childrenOf: ({ subject }) => pick(byNumber, children.get(subject) ?? []),
      parentOf: ({ subject }, reference) =>
        pick(byNumber, parents.get(subject) ?? []).find(
          (parent) => parent.externalId === reference.id || parent.key === reference.key,
        ) ?? null,
    },
  }
}

const NO_FACTS: readonly Fact[] = []

const settlingFrom = (top: readonly number[], children: ReadonlyMap<number, ReadonlySet<number>>): Set<number> => {
  const reached = new Set(top)
  for (const subject of reached) for (const child of children.get(subject) ?? []) reached.add(child)
  return reached
}

const relate = (relation: Map<number, Set<number>>, from: number, to: number): void => {
  const known = relation.get(from)
  if (known) known.add(to)
  else relation.set(from, new Set([to]))
}

const pick = (all: ReadonlyMap<number, LedgerSubject>, numbers: Iterable<number>): LedgerSubject[] => {
  const found: LedgerSubject[] = []
  for (const number of numbers) {
    const subject = all.get(number)
    if (subject) found.push(subject)
  }
  return found
}
