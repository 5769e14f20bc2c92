/** Trackers that run on this machine so that there is something to look at, and the set-up that reads them. */
export interface DemoTrackers {
  /** Set-up file, YAML. */
  readonly setup: string
  /** Addresses and secrets that the set-up reads as `${NAME}`. */
  readonly environment: Readonly<Record<string, string>>
  readonly baselines: readonly DemoBaseline[]
  readonly ports: DemoPorts
  close(): Promise<void>
}

export interface DemoBaseline {
  readonly plan: string
  /** Left out: the day on which it is frozen. */
  readonly asOf?: string
  readonly name: string
  readonly reason: string
}

/** By the trackers' names: the same on every run where they are still free, because addresses are part of items. */
export type DemoPorts = Readonly<Record<string, number>>
