import type { PlacedPhase } from './check-plan.ts'
import type { Path } from './places.ts'

export interface Cycle {
  /** The phase whose link closes the circle. */
  readonly path: Path
  /** Phase ids in order; the first is repeated at the end. */
  readonly members: readonly string[]
  readonly key: 'after' | 'progress'
}

/**
 * Circles among the links between phases, and among apportioned phases. A link to a phase is also a link to what it
 * holds, so a phase can neither follow nor precede its own parent.
 *
 * @returns one entry per circle found, each with other members than the ones before
 */
export const findCycles = (phases: readonly PlacedPhase[]): readonly Cycle[] => [
  ...circles(phases, 'after', (phase) => phase.after.map((link) => link.phase)),
  ...circles(phases, 'progress', (phase) => (phase.progress.kind === 'apportioned' ? [phase.progress.phase] : [])),
]

const circles = (
  phases: readonly PlacedPhase[],
  key: Cycle['key'],
  namesOf: (phase: PlacedPhase['phase']) => readonly string[],
): Cycle[] => {
  const byId = new Map(phases.map((entry) => [entry.phase.id, entry]))
  const found: Cycle[] = []
  const open: string[] = []
  const state = new Map<string, 'open' | 'closed'>()
  const children = Map.groupBy(phases, ({ ancestors }) => ancestors.at(-1) ?? '')
  /** What must come before a phase: its links, those of the phases that hold it, and what it holds itself. */
  const before = ({ phase, ancestors }: PlacedPhase): readonly string[] => {
    if (key === 'progress') return namesOf(phase)
    const inherited = ancestors.flatMap((id) => namesOf(byId.get(id)!.phase))
    const held = (children.get(phase.id) ?? []).map((child) => child.phase.id)
    return [...namesOf(phase), ...inherited, ...held]
  }
  const visit = (id: string): void => {
    const entry = byId.get(id)
    if (entry === undefined || state.get(id) === 'closed') return
    if (state.get(id) === 'open') {
      const members = [...open.slice(open.indexOf(id)), id]
      const closer = byId.get(open.at(-1)!)!
      found.push({ path: closer.path, members, key })
      return
    }
    state.set(id, 'open')
    open.push(id)
    for (const name of before(entry)) visit(name)
    open.pop()
    state.set(id, 'closed')
  }
  for (const { phase } of phases) visit(phase.id)
  return found
}
