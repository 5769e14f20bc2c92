import type { Phase, PhaseLink } from '../model/plan.ts'

/**
 * Dependencies between leaf phases: a link from or to a phase with children holds for each of its leaves. For finish-to-
 * start that says exactly what was meant; a link from the start of a parent becomes one from the start of each leaf.
 *
 * @returns links by leaf phase id, without repeats; a link inside the same parent's own leaves is left out
 */
export const leafLinks = (
  phases: readonly Pick<Phase, 'id' | 'parent' | 'after'>[],
): ReadonlyMap<string, readonly PhaseLink[]> => {
  const parentOf = new Map(phases.map((phase) => [phase.id, phase.parent]))
  const parents = new Set(phases.map((phase) => phase.parent))
  const leavesOf = new Map<string, string[]>(phases.map((phase) => [phase.id, []]))
  const leaves = phases.filter((phase) => !parents.has(phase.id))
  const linesOf = (id: string): string[] => {
    const line: string[] = []
    for (let at: string | null = id; at !== null; at = parentOf.get(at) ?? null) line.push(at)
    return line
  }
  for (const leaf of leaves) for (const id of linesOf(leaf.id)) leavesOf.get(id)?.push(leaf.id)
  const byId = new Map(phases.map((phase) => [phase.id, phase]))
  return new Map(
    leaves.map((leaf) => {
      const links = new Map<string, PhaseLink>()
      for (const id of linesOf(leaf.id))
        for (const link of byId.get(id)?.after ?? [])
          for (const before of leavesOf.get(link.phase) ?? [])
            if (before !== leaf.id && !leavesOf.get(id)!.includes(before))
              links.set(`${before} ${link.type} ${link.lagDays}`, { ...link, phase: before })
      return [leaf.id, [...links.values()]]
    }),
  )
}
