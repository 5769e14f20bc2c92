/** Runs what is due, one run at a time: when woken, and by itself every few seconds. */
export interface DueLoop {
  /** Runs soon; when a run is under way, once more after it. */
  readonly wake: () => void
  /** No run begins any more; resolves when the present one ends, or after a while all the same. */
  readonly stop: (patienceMs: number) => Promise<void>
}

interface DueLoopTerms {
  /** A failure is logged by `failed` and ends nothing. */
  readonly run: () => Promise<unknown>
  readonly failed: (error: unknown) => void
  readonly everyMs: number
  /** How long it waits for company once woken: what comes in a burst is done together. */
  readonly gatherMs: number
}

export const startDueLoop = ({ run, failed, everyMs, gatherMs }: DueLoopTerms): DueLoop => {
  let stopped = false
  let again = false
  let gathering = false
  let present: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const runUntilQuiet = async (): Promise<void> => {
    do {
      if (again) await new Promise((resolve) => setTimeout(resolve, gatherMs))
      again = false
      await run().catch(failed)
    } while (again && !stopped)
  }
  const begin = (): void => {
    clearTimeout(timer)
    gathering = false
    if (stopped || present) return
    present = runUntilQuiet().finally(() => {
      present = null
      if (!stopped) timer = setTimeout(begin, everyMs)
    })
  }
  begin()
  return {
    wake: () => {
      if (present) again = true
      else if (!gathering && !stopped) {
        gathering = true
        clearTimeout(timer)
        timer = setTimeout(begin, gatherMs)
      }
    },
    stop: async (patienceMs) => {
      stopped = true
      clearTimeout(timer)
      if (!present) return
      let patience: ReturnType<typeof setTimeout> | undefined
      await Promise.race([
        present,
        new Promise<void>((resolve) => {
          patience = setTimeout(resolve, patienceMs)
        }),
      ])
      clearTimeout(patience)
    },
  }
}
