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
  /** Woken, it waits until nothing woke it for so long: what comes in a burst is done together, after it. */
  readonly gatherMs: number
  /** A burst that does not end is not waited for any longer than this. */
  readonly gatherMostMs: number
}

export const startDueLoop = ({ run, failed, everyMs, gatherMs, gatherMostMs }: DueLoopTerms): DueLoop => {
  let stopped = false
  let again = false
  let gathering = false
  let wokenAt = 0
  let interrupt = (): void => {}
  let present: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Until a pause, or for as long as agreed. Looks at the clock when it could be over: being woken costs no timer. */
  const gather = async (): Promise<void> => {
    const latest = performance.now() + gatherMostMs
    for (;;) {
      const left = Math.min(wokenAt + gatherMs, latest) - performance.now()
      if (stopped || left <= 0) return
      await new Promise<void>((resolve) => {
        interrupt = resolve
        timer = setTimeout(resolve, Math.max(1, left))
      })
    }
  }
  const runUntilQuiet = async (): Promise<void> => {
    do {
      if (again) await gather()
      if (stopped) return
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
      wokenAt = performance.now()
      if (present) again = true
      else if (!gathering && !stopped) {
        gathering = true
        clearTimeout(timer)
        void gather().then(begin)
      }
    },
    stop: async (patienceMs) => {
      stopped = true
      clearTimeout(timer)
      interrupt()
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
