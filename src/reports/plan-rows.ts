import type { Baseline, BaselinePhase } from '../model/baseline.ts'
import type { Phase, PlanDocument } from '../model/plan.ts'

export interface PlanRow {
  readonly phase: Phase
  readonly frozen: { readonly record: BaselinePhase; readonly phase: Phase } | null
}

/**
 * The phases that a report shows: those of the plan, each beside its frozen self, and after them those that only the
 * baseline knows: what was approved stays in the report.
 */
export const planRows = (plan: PlanDocument, baseline: Baseline | null): readonly PlanRow[] => {
  const records = new Map(baseline?.phases.map((record) => [record.phaseNo, record]))
  const frozen = new Map(baseline?.plan.phases.map((phase) => [phase.no, phase]))
  const rows = plan.phases.map((phase) => {
    const record = records.get(phase.no)
    return { phase, frozen: record ? { record, phase: frozen.get(phase.no) ?? phase } : null }
  })
  const present = new Set(plan.phases.map((phase) => phase.no))
  const ids = new Set(plan.phases.map((phase) => phase.id))
  const gone = (baseline?.plan.phases ?? []).filter((phase) => !present.has(phase.no) && records.has(phase.no))
  return [
    ...rows,
    ...gone.map((phase) => {
      const parent = phase.parent !== null && ids.has(phase.parent) ? phase.parent : null
      return {
        phase: { ...phase, parent, level: parent === null ? 0 : phase.level, map: [], actuals: [] },
        frozen: { record: records.get(phase.no)!, phase },
      }
    }),
  ]
}
