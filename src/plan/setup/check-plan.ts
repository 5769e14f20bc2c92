import { findCycles } from './find-cycles.ts'
import { didYouMean } from './nearest.ts'
import { placed } from './placed-phase.ts'
import type { Finding, Path } from './places.ts'
import type { SetupPhase, SetupPlan } from './setup.ts'

/** Names that a plan may use; also those of parts that were malformed, so that one slip is one problem. */
export interface KnownIds {
  readonly sources: ReadonlySet<string>
  readonly resources: ReadonlySet<string>
  readonly phases: ReadonlySet<string>
  readonly objectives: ReadonlySet<string>
}

/** What is wrong between the parts of a plan: names, dates, budgets, cycles. */
export const checkPlan = (plan: SetupPlan, known: KnownIds): readonly Finding[] => {
  const findings: Finding[] = []
  const base: Path = ['plans', plan.id]
  const find = (path: Path, message: string) => findings.push({ path: [...base, ...path], message })
  const refer = (path: Path, what: 'source' | 'resource' | 'phase' | 'objective', name: string | null): void => {
    const names = known[`${what}s`]
    if (name !== null && !names.has(name)) find(path, `there is no ${what} "${name}"${didYouMean(name, names)}`)
  }
  const phases = placed(plan.phases, ['phases'])
  unique(
    'phase',
    phases.map(({ phase, path }) => ({ id: phase.id, path })),
    find,
  )
  for (const { phase, path } of phases) {
    refer([...path, 'owner'], 'resource', phase.owner)
    for (const [index, link] of phase.after.entries()) refer([...path, 'after', index, 'phase'], 'phase', link.phase)
    for (const [index, name] of phase.objectives.entries()) refer([...path, 'objectives', index], 'objective', name)
    if (phase.progress.kind === 'apportioned')
      refer([...path, 'progress', 'apportioned'], 'phase', phase.progress.phase)
    for (const [index, rule] of phase.map.entries())
      for (const source of rule.source ?? []) refer([...path, 'map', index, 'source'], 'source', source)
    for (const [index, milestone] of phase.milestones.entries())
      refer([...path, 'milestones', index, 'tracker', 'source'], 'source', milestone.tracker?.source ?? null)
    checkDates(phase, path, find)
    checkSums(phase, path, find)
    if (plan.currency === null) checkMoney(phase, path, find)
  }
  const milestones = phases.flatMap(({ phase, path }) =>
    phase.milestones.map(({ id }, index) => ({ id, path: [...path, 'milestones', index] })),
  )
  unique('milestone', milestones, find)
  unique(
    'objective',
    plan.objectives.map(({ id }, index) => ({ id, path: ['objectives', index] })),
    find,
  )
  unique(
    'risk',
    plan.risks.map(({ id }, index) => ({ id, path: ['risks', index] })),
    find,
  )
  for (const [index, allocation] of plan.allocations.entries()) {
    refer(['allocations', index, 'resource'], 'resource', allocation.resource)
    refer(['allocations', index, 'phase'], 'phase', allocation.phase)
  }
  for (const [index, risk] of plan.risks.entries()) {
    refer(['risks', index, 'owner'], 'resource', risk.owner)
    refer(['risks', index, 'phase'], 'phase', risk.phase)
  }
  // With an id standing for two phases, circles would only be apparent.
  const isClear = new Set(phases.map(({ phase }) => phase.id)).size === phases.length
  for (const { path, members, key } of isClear ? findCycles(phases) : [])
    find(
      [...path, key],
      key === 'after'
        ? `the phases wait for each other: ${members.join(' → ')}; take one of these links out`
        : `the phases take their progress from each other: ${members.join(' → ')}; give one of them another technique`,
    )
  return findings
}

type Find = (path: Path, message: string) => void

const unique = (what: string, entries: readonly { readonly id: string; readonly path: Path }[], find: Find): void => {
  const seen = new Map<string, Path>()
  for (const { id, path } of entries) {
    if (seen.has(id)) find([...path, 'id'], `there are two ${what}s "${id}" in this plan; give one another id`)
    else seen.set(id, path)
  }
}

const checkDates = (phase: SetupPhase, path: Path, find: Find): void => {
  if (phase.start !== null && phase.finish !== null && phase.finish < phase.start)
    find([...path, 'finish'], `the finish ${phase.finish} lies before the start ${phase.start}; correct one of them`)
  if (phase.actualStart !== null && phase.actualFinish !== null && phase.actualFinish < phase.actualStart)
    find(
      [...path, 'actualFinish'],
      `the actual finish ${phase.actualFinish} lies before the actual start ${phase.actualStart}; correct one of them`,
    )
}

/** Budgets and sizes of a phase include its children. */
const checkSums = (phase: SetupPhase, path: Path, find: Find): void => {
  const compare = (key: 'budget' | 'size', whole: number | null, parts: readonly (number | null)[]): void => {
    const sum = parts.reduce<number>((total, part) => total + (part ?? 0), 0)
    if (whole !== null && sum > whole + 0.005)
      find(
        [...path, key],
        `the child phases of "${phase.id}" have a ${key} of ${sum} together, more than its own ${whole}; a phase's ${key} includes its children: raise it or leave it out`,
      )
  }
  compare('budget', phase.budget?.amount ?? null, phase.phases.map(budgetOf))
  compare('size', phase.size, phase.phases.map(sizeOf))
}

/** Stated, else the sum of the children, as a phase without a figure is read. */
const budgetOf = (phase: SetupPhase): number =>
  phase.budget?.amount ?? phase.phases.reduce((total, child) => total + budgetOf(child), 0)
const sizeOf = (phase: SetupPhase): number =>
  phase.size ?? phase.phases.reduce((total, child) => total + sizeOf(child), 0)

const checkMoney = (phase: SetupPhase, path: Path, find: Find): void => {
  const advice = 'but the plan has no currency; add e.g. currency: EUR to the plan'
  if (phase.budget !== null) find([...path, 'budget'], `the phase has a budget, ${advice}`)
  for (const [index, actual] of phase.actuals.entries())
    if (actual.cost !== null) find([...path, 'actuals', index, 'cost'], `the entry is a cost, ${advice}`)
}
