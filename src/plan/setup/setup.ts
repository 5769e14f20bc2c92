import type {
  Allocation,
  DatedActual,
  Objective,
  Phase,
  PlanDocument,
  Risk,
  SizeUnit,
  Stakeholder,
} from '../../model/plan.ts'
import type { CalendarText } from '../../model/calendar.ts'
import type { ResourceKind } from '../../model/resource.ts'
import type { Connection, ConnectionSecrets, Source } from '../../model/source.ts'
import type { IsoDate } from '../../model/time.ts'
import type { Account } from '../../model/work-item.ts'
import type { Zone } from '../../model/zone.ts'

/** A set-up file as it lies on the disk. */
export interface SetupFile {
  readonly name: string
  readonly text: string
}

/** Connections, sources, resources, plans and portfolios as people write them, every default filled in. */
export interface Setup {
  readonly connections: readonly SetupConnection[]
  readonly sources: readonly Source[]
  readonly resources: readonly SetupResource[]
  readonly plans: readonly SetupPlan[]
  readonly portfolios: readonly SetupPortfolio[]
}

export const EMPTY_SETUP: Setup = { connections: [], sources: [], resources: [], plans: [], portfolios: [] }

export interface SetupConnection extends Connection {
  readonly secrets: ConnectionSecrets
  /** Which environment variable each secret was read from: `{ token: 'GITHUB_TOKEN' }`. Names only. */
  readonly variables: Readonly<Record<string, string>>
}

/** `95/h`, `400/d`, `95 EUR/h`. */
export interface Rate {
  /** Major units. */
  readonly amount: number
  readonly per: 'h' | 'd'
  /** `null` = the currency of the plans. */
  readonly currency: string | null
}

export interface SetupResource {
  readonly id: string
  readonly name: string
  readonly kind: ResourceKind
  /** The rate of today, when no dates are given; `rates` is empty then. */
  readonly rate: Rate | null
  /** The whole history of rates; `from: null` = since ever. */
  readonly rates: readonly { readonly from: IsoDate | null; readonly rate: Rate }[]
  readonly capacityHoursPerDay: number | null
  readonly accounts: readonly Account[]
}

export type SetupActual = Omit<DatedActual, 'subject'>

export type SetupPhase = Omit<Phase, 'no' | 'parent' | 'level' | 'actuals'> & {
  readonly actuals: readonly SetupActual[]
  readonly phases: readonly SetupPhase[]
}

export interface SetupPlan extends Pick<PlanDocument, 'id' | 'name' | 'currency' | 'missingSize'> {
  readonly zone: Zone
  readonly unit: SizeUnit
  readonly calendar: CalendarText
  readonly objectives: readonly Objective[]
  readonly phases: readonly SetupPhase[]
  readonly allocations: readonly Allocation[]
  readonly risks: readonly Risk[]
  readonly stakeholders: readonly Stakeholder[]
}

export interface SetupPortfolio {
  readonly id: string
  readonly name: string
  readonly plans: readonly string[]
}

/** What set-up files need to know of a tracker. Every tracker of the list fits. */
export interface TrackerWords {
  readonly kind: string
  readonly connectionKeys: readonly SettingWord[]
  readonly sourceKeys: readonly SettingWord[]
  checkConnection?(connection: Connection, secrets: ConnectionSecrets): readonly string[]
  checkSource?(source: Source): readonly string[]
}

export interface SettingWord {
  readonly name: string
  readonly required?: boolean
  readonly secret?: boolean
}

/** Every phase of a plan with its parent, parents first, in written order. */
export const allPhases = (
  phases: readonly SetupPhase[],
  parent: string | null = null,
  level = 0,
): readonly { readonly phase: SetupPhase; readonly parent: string | null; readonly level: number }[] =>
  phases.flatMap((phase) => [{ phase, parent, level }, ...allPhases(phase.phases, phase.id, level + 1)])
