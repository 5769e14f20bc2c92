import type { Path } from './places.ts'
import type { SetupPhase } from './setup.ts'

/** A phase with its path inside the plan and the phases that hold it. */
export interface PlacedPhase {
  readonly phase: SetupPhase
  readonly path: Path
  readonly ancestors: readonly string[]
}

/** Every phase of a plan, parents first. */
export const placed = (phases: readonly SetupPhase[], path: Path, ancestors: readonly string[] = []): PlacedPhase[] =>
  phases.flatMap((phase, index) => [
    { phase, path: [...path, index], ancestors },
    ...placed(phase.phases, [...path, index, 'phases'], [...ancestors, phase.id]),
  ])
