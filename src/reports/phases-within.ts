interface Placed {
  readonly id: string
  readonly parent: string | null
}

/** A phase and all below it; parents come before their children. */
export const phasesWithin = <P extends Placed>(phases: readonly P[], top: string): readonly P[] => {
  const ids = new Set([top])
  const found: P[] = []
  for (const phase of phases)
    if (phase.id === top || (phase.parent !== null && ids.has(phase.parent))) {
      ids.add(phase.id)
      found.push(phase)
    }
  return found
}
