import type { PlacedPhase } from './placed-phase.ts'
import type { Path } from './places.ts'

export interface Cycle {
  /** The phase whose link closes the circle. */
  readonly path: Path
  /** Phase ids in order; the first is repeated at the end; the middle of a long circle is `…`. */
  readonly members: readonly string[]
  readonly key: 'after' | 'progress'
}

/** A longer circle is told by its beginning and its end. */
const MOST_NAMED = 12
const MOST_CIRCLES = 50

/**
 * Circles among the links between phases, and among apportioned phases. A link to a phase is also a link to what it
 * holds, so a phase can neither follow nor precede its own parent.
 *
 * @returns one entry per link that closes a circle, at most 50
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
  const children = Map.groupBy(phases, ({ ancestors }) => ancestors.at(-1) ?? '')
  /** What must come before a phase: its links, those of the phases that hold it, and what it holds itself. */
  const before = ({ phase, ancestors }: PlacedPhase): readonly string[] => {
    if (key === 'progress') return namesOf(phase)
    const inherited = ancestors.flatMap((id) => namesOf(byId.get(id)!.phase))
    const held = (children.get(phase.id) ?? []).map((child) => child.phase.id)
    return [...namesOf(phase), ...inherited, ...held]
  }
  const found: Cycle[] = []
  const state = new Map<string, 'open' | 'closed'>()
  // A stack of our own: a chain of links may be longer than the machine's.
  const open: { readonly id: string; readonly names: Iterator<string> }[] = []
  const enter = (id: string): void => {
    const entry = byId.get(id)
    if (entry === undefined || state.has(id)) return
    state.set(id, 'open')
    open.push({ id, names: before(entry)[Symbol.iterator]() })
  }
  for (const { phase } of phases) {
    enter(phase.id)
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.names.next()
      if (next.done) {
        open.pop()
        state.set(top.id, 'closed')
      } else if (state.get(next.value) === 'open') {
        if (found.length === MOST_CIRCLES) return found
        const from = open.findIndex(({ id }) => id === next.value)
        const members = [...open.slice(from).map(({ id }) => id), next.value]
        found.push({ path: byId.get(top.id)!.path, members: ends(members), key })
      } else enter(next.value)
    }
  }
  return found
}

const ends = (members: readonly string[]): readonly string[] =>
  members.length <= MOST_NAMED ? members : [...members.slice(0, MOST_NAMED - 2), '…', ...members.slice(-2)]
