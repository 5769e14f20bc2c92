import type { Family, LedgerSubject } from '../../src/ledger/ledger-context.ts'

/** Relatives among the given items, by every parent that their facts ever name. */
export const familyOf = (subjects: readonly LedgerSubject[]): Family => {
  const byId = new Map(subjects.map((subject) => [subject.externalId, subject]))
  const children = new Map<string, Set<LedgerSubject>>()
  for (const subject of subjects)
    for (const fact of subject.facts)
      if (fact.field === 'parent' && fact.value !== null) {
        const known = children.get(fact.value.id) ?? new Set()
        children.set(fact.value.id, known.add(subject))
      }
  return {
    childrenOf: (subject) => [...(children.get(subject.externalId) ?? [])],
    parentOf: (_, reference) => byId.get(reference.id) ?? null,
  }
}
