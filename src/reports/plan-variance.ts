import { finishVarianceDays } from '../measures/date-variance.ts'
import { addBalances } from '../ledger/sum-postings.ts'
import { NO_BALANCE } from '../model/posting.ts'
import { addDays, mondayOf } from '../model/time.ts'
import { type Phase, reachedOn } from '../model/plan.ts'
import { type Database, type Store, snapshot } from '../store/database.ts'
import { readHead } from '../store/heads.ts'
import { type OpenedPlan, type PlanQuestion, booksOf, openPlan } from './load-books.ts'
import { planOutlook } from './outlook.ts'
import { type PhasePart, phaseParts } from './phase-part.ts'
import { phasesWithin } from './phases-within.ts'
import { planTrust } from './plan-trust.ts'
import { reportRow } from './report-row.ts'
import type { PlanVariance, Trust } from './shapes/plan-variance.ts'
import { valueUnitOf } from './value-unit.ts'

export interface VarianceQuestion extends PlanQuestion {
  readonly period?: 'week' | 'month' | undefined
}

/** How a plan stands against its baseline on a status date: every phase, every measure, and what it rests on. */
export const planVariance = async (store: Store, question: VarianceQuestion): Promise<PlanVariance> =>
  (await snapshot(store.db, (tx) => readVariance(tx, question))).report

/** The report together with the books that it was read from, inside a snapshot that the caller opened. */
export const readVariance = async (
  tx: Database,
  question: VarianceQuestion,
): Promise<{ readonly report: PlanVariance; readonly opened: OpenedPlan; readonly parts: readonly PhasePart[] }> => {
  const opened = await openPlan(tx, question)
  const { document, revision, asOf, baseline } = opened
  const kind = question.period ?? 'month'
  const from = kind === 'week' ? mondayOf(asOf) : `${asOf.slice(0, 8)}01`
  const books = await booksOf(tx, opened, from)
  const terms = partTerms(opened)
  const parts = phaseParts(books.now, terms)
  const before = phaseParts(books.before, { ...terms, asOf: addDays(from, -1) })
  const work = parts.map((part) => part.work).reduce(addBalances, NO_BALANCE)
  const head = await readHead(tx, opened.plan.no)
  const trust = await planTrust(
    tx,
    document,
    {
      mapped: work.items,
      unmapped: revision.unmappedItems,
      unestimated: work.unestimated,
      settling: head?.reserved != null,
    },
    question,
  )
  const report: PlanVariance = {
    plan: opened.plan.id,
    name: document.name,
    timezone: document.zone,
    asOf,
    knownAt: revision.recordedAt,
    revision: revision.no,
    baseline: baseline && {
      number: baseline.number,
      name: baseline.name,
      approvedAt: baseline.approvedAt,
      reason: baseline.reason,
      workDay: baseline.workDay,
    },
    unit: document.unit,
    currency: document.currency,
    valueUnit: terms.unit.code,
    period: { kind, from, to: asOf },
    ...rowsOf(opened, parts, before, trust),
    unmapped: { items: revision.unmappedItems },
    milestones: milestonesOf(opened),
    trust,
  }
  return { report, opened, parts }
}

export const partTerms = ({ asOf, baseline, document }: OpenedPlan) => ({
  asOf,
  hasBaseline: baseline !== null,
  unit: valueUnitOf(document, baseline),
  unitChanged: baseline !== null && baseline.plan.unit !== document.unit,
  hoursAreCost: (baseline?.valueUnit ?? document.unit) === 'hours',
})

const rowsOf = (
  opened: OpenedPlan,
  parts: readonly PhasePart[],
  before: readonly PhasePart[],
  trust: Trust,
): Pick<PlanVariance, 'rows' | 'total'> => {
  const { document, baseline, asOf } = opened
  const terms = {
    asOf,
    unit: valueUnitOf(document, baseline),
    hasBaseline: baseline !== null,
    calendar: baseline?.plan.calendar ?? document.calendar,
  }
  const outlook = planOutlook(document, parts, asOf)
  const earlier = new Map(before.map((part) => [part.phase.no, part]))
  const inputOf = (phase: Phase | null) => {
    const own = phase === null ? parts : partsWithin(parts, phase)
    const held = own.filter((part) => !part.isEmpty)
    const counted = held.length > 0 ? held : own.filter((part) => part.phase === phase || phase === null)
    return {
      phase,
      parts: counted,
      dated: own,
      before: counted.map((part) => earlier.get(part.phase.no)!),
      outlook,
      trust: trust.level,
    }
  }
  return {
    rows: parts.map(({ phase }) =>
      reportRow(
        {
          ...inputOf(phase),
          id: phase.id,
          name: phase.name,
          parent: phase.parent,
          level: phase.level,
          owner: phase.owner,
        },
        terms,
      ),
    ),
    total: reportRow(
      { ...inputOf(null), id: opened.plan.id, name: document.name, parent: null, level: 0, owner: null },
      terms,
    ),
  }
}

const partsWithin = (parts: readonly PhasePart[], { id }: Phase): readonly PhasePart[] => {
  const ids = new Set(
    phasesWithin(
      parts.map(({ phase }) => phase),
      id,
    ).map((phase) => phase.id),
  )
  return parts.filter(({ phase }) => ids.has(phase.id))
}

const milestonesOf = ({ document, baseline, asOf }: OpenedPlan) => {
  const frozen = new Map(
    baseline?.plan.phases.flatMap((phase) => phase.milestones.map((each) => [`${phase.id} ${each.id}`, each.date])),
  )
  const calendar = baseline?.plan.calendar ?? document.calendar
  return document.phases.flatMap((phase) =>
    phase.milestones.map((milestone) => {
      const baselineDate = frozen.get(`${phase.id} ${milestone.id}`) ?? null
      const actual = reachedOn(milestone)
      const actualDate = actual !== null && actual <= asOf ? actual : null
      return {
        id: milestone.id,
        phase: phase.id,
        name: milestone.name,
        baselineDate,
        plannedDate: milestone.date,
        actualDate,
        varianceDays:
          baselineDate === null ? null : finishVarianceDays(calendar, baselineDate, actualDate ?? milestone.date),
      }
    }),
  )
}
