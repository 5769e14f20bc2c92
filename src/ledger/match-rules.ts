import type { Phase, PlanDocument } from '../model/plan.ts'
import type { IsoDate } from '../model/time.ts'
import type { ItemFields } from '../model/work-item.ts'
import { type ItemIdentity, type RuleMatcher, ruleMatcher } from './rule-matcher.ts'

/** A plan's mapping rules in the order in which they are asked: children before their parent, else as written. */
export interface CompiledRules {
  /** Rules that can match an item of a source. */
  forSource(source: string): readonly CompiledRule[]
  /** Days on which a dated rule begins to count, ascending. */
  readonly starts: readonly IsoDate[]
}

interface CompiledRule {
  readonly phase: Phase
  readonly matches: RuleMatcher
}

/** Compiles once per plan document; the same document gives the same object. */
export const compileRules = (plan: PlanDocument): CompiledRules => {
  const known = compiled.get(plan)
  if (known) return known
  const rules = inAskingOrder(plan).flatMap((phase) =>
    phase.map.map((rule) => ({ phase, rule, matches: ruleMatcher(rule) })),
  )
  const bySource = new Map<string, readonly CompiledRule[]>()
  const forSource = (source: string) => {
    let found = bySource.get(source)
    if (!found) {
      found = rules.filter(({ rule }) => rule.source === undefined || rule.source.includes(source))
      bySource.set(source, found)
    }
    return found
  }
  const starts = [...new Set(rules.flatMap(({ rule }) => (rule.from === undefined ? [] : [rule.from])))].sort()
  const result = { forSource, starts }
  compiled.set(plan, result)
  return result
}

/** The phase that takes an item on a day: the first rule that matches wins; `null` = no rule takes it. */
export const phaseOf = (rules: CompiledRules, fields: ItemFields, item: ItemIdentity, day: IsoDate): Phase | null => {
  for (const rule of rules.forSource(item.source)) if (rule.matches(fields, item, day)) return rule.phase
  return null
}

/**
 * The phase that takes an item on a day, and the other phases whose rules match it too (for the mapping preview).
 *
 * @source ledger F22: children before their parent, siblings and rules in written order
 */
export const matchPhase = (
  plan: PlanDocument,
  fields: ItemFields,
  item: ItemIdentity,
  day: IsoDate,
): { readonly phase: Phase | null; readonly also: readonly Phase[] } => {
  const phases = new Set<Phase>()
  for (const rule of compileRules(plan).forSource(item.source))
    if (!phases.has(rule.phase) && rule.matches(fields, item, day)) phases.add(rule.phase)
  const [phase = null, ...also] = phases
  return { phase, also }
}

const compiled = new WeakMap<PlanDocument, CompiledRules>()

const inAskingOrder = (plan: PlanDocument): readonly Phase[] => {
  const children = new Map<string | null, Phase[]>()
  for (const phase of plan.phases) {
    const siblings = children.get(phase.parent)
    if (siblings) siblings.push(phase)
    else children.set(phase.parent, [phase])
  }
  const below = (parent: string | null): Phase[] =>
    (children.get(parent) ?? []).flatMap((phase) => [...below(phase.id), phase])
  return below(null)
}
