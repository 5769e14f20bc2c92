import { parse } from 'yaml'

/** The set-up file as YAML gives it back, as far as these tests need it. */
export interface WrittenSetup {
  readonly connections: Record<string, Record<string, string>>
  readonly sources: Record<
    string,
    { readonly connection: string; readonly repository?: string; readonly project?: string }
  >
  readonly resources: Record<
    string,
    { readonly kind: string; readonly rate?: string; readonly accounts?: readonly string[] }
  >
  readonly plans: Record<string, WrittenPlan>
  readonly portfolios: Record<string, { readonly plans: readonly string[] }>
}

export interface WrittenPlan {
  readonly name: string
  readonly currency: string
  readonly unit: 'points' | 'items'
  readonly missingSize: number
  readonly objectives: readonly {
    readonly id: string
    readonly indicator: { readonly actuals: Record<string, number> }
  }[]
  readonly phases: readonly WrittenPhase[]
  readonly allocations: readonly { readonly resource: string; readonly phase: string }[]
  readonly risks: readonly {
    readonly id: string
    readonly phase: string
    readonly owner: string
    readonly mitigation: readonly string[]
  }[]
  readonly stakeholders: readonly { readonly name: string }[]
}

export type WrittenRule = Readonly<Record<string, string | readonly string[]>>

export interface WrittenPhase {
  readonly id: string
  readonly name: string
  readonly start: string
  readonly finish: string
  readonly size?: number
  readonly budget?: number | { readonly amount: number; readonly spread: string }
  readonly owner: string
  readonly after?: readonly { readonly phase: string; readonly type: string }[]
  readonly progress?: string
  readonly units?: { readonly total: number }
  readonly map?: readonly WrittenRule[]
  readonly objectives?: readonly string[]
  readonly milestones?: readonly {
    readonly id: string
    readonly date: string
    readonly weight?: number
    readonly tracker?: { readonly source: string; readonly milestone: string }
  }[]
  readonly actuals?: readonly {
    readonly date: string
    readonly cost?: number
    readonly percent?: number
    readonly units?: number
    readonly note?: string
  }[]
  readonly phases?: readonly WrittenPhase[]
}

export const readSetup = (text: string): WrittenSetup => parse(text)

export const allPhases = (phases: readonly WrittenPhase[]): readonly WrittenPhase[] =>
  phases.flatMap((phase) => [phase, ...allPhases(phase.phases ?? [])])

export const leafPhases = (plan: WrittenPlan): readonly WrittenPhase[] =>
  allPhases(plan.phases).filter((phase) => !phase.phases)

export const amountOf = (phase: WrittenPhase): number =>
  typeof phase.budget === 'object' ? phase.budget.amount : (phase.budget ?? 0)
