import { scopeGrowthPercent } from '../measures/scope.ts'
import { microSize } from '../model/amounts.ts'
import { Fault } from '../model/fault.ts'
import { type Known, type Reason, known, unknown } from '../model/reason.ts'
import type { IsoDate, IsoInstant } from '../model/time.ts'
import type { Store } from '../store/database.ts'
import { countOverlap } from '../store/plan-items.ts'
import { type StoredPlan, listPlans } from '../store/plans.ts'
import { headDocuments } from '../store/plan-documents.ts'
import { findPortfolio } from '../store/portfolios.ts'
import { planVariance } from './plan-variance.ts'
import type { PlanVariance } from './shapes/plan-variance.ts'
import type { Portfolio } from './shapes/portfolio.ts'

export interface PortfolioQuestion {
  /** Left out: every plan. */
  readonly portfolio?: string | undefined
  readonly asOf?: IsoDate | undefined
  readonly knownAt?: IsoInstant | undefined
  readonly now: Date
  readonly today?: IsoDate | undefined
}

/** How all plans stand, one line each. Totals are sums of plans; what counts twice is told, not subtracted. */
export const portfolioReport = async (store: Store, question: PortfolioQuestion): Promise<Portfolio> => {
  const chosen = question.portfolio === undefined ? null : await findPortfolio(store.db, question.portfolio)
  if (question.portfolio !== undefined && !chosen)
    throw new Fault('notFound', `reports: no portfolio is named ${question.portfolio}: see the first page`)
  const written = new Set((await headDocuments(store.db)).map(({ plan }) => plan.id))
  const plans = (await listPlans(store.db)).filter(
    ({ id }) => written.has(id) && (chosen === null || chosen.plans.includes(id)),
  )
  const reports: PlanVariance[] = []
  for (const { id } of plans) {
    const report = await planVariance(store, { ...question, plan: id }).catch(notKnownYet)
    if (report) reports.push(report)
  }
  return {
    id: chosen?.id ?? null,
    name: chosen?.name ?? 'All plans',
    asOf: question.asOf ?? question.today ?? reports[0]?.asOf ?? question.now.toISOString().slice(0, 10),
    plans: reports.map(planLine),
    total: totalOf(reports),
    overlap: { items: await overlapOf(store, plans) },
  }
}

/** A plan that was not there yet at that time is left out; anything else is a failure. */
const notKnownYet = (error: unknown): null => {
  if (error instanceof Fault && error.message.includes('notKnownYet')) return null
  throw error
}

const overlapOf = async (store: Store, plans: readonly StoredPlan[]): Promise<number> =>
  plans.length < 2
    ? 0
    : countOverlap(
        store.db,
        plans.map(({ no }) => no),
      )

const planLine = (report: PlanVariance): Portfolio['plans'][number] => {
  const { total } = report
  const growth = growthOf(report)
  const keys = [
    'plannedPercent',
    'percentComplete',
    'plannedValue',
    'earnedValue',
    'actualCost',
    'budgetAtCompletion',
    'estimateAtCompletion',
    'schedulePerformanceIndex',
    'timePerformanceIndex',
    'costPerformanceIndex',
    'baselineFinish',
    'expectedFinish',
    'finishVarianceDays',
  ]
  return {
    id: report.plan,
    name: report.name,
    revision: report.revision,
    baseline: report.baseline?.number ?? null,
    status: total.status,
    statusBecause: total.statusBecause,
    valueUnit: report.valueUnit,
    currency: report.currency,
    plannedPercent: total.plannedPercent,
    percentComplete: total.percentComplete,
    plannedValue: total.plannedValue,
    earnedValue: total.earnedValue,
    actualCost: total.actualCost,
    budgetAtCompletion: total.budgetAtCompletion,
    estimateAtCompletion: total.estimateAtCompletion,
    schedulePerformanceIndex: total.schedulePerformanceIndex,
    timePerformanceIndex: total.timePerformanceIndex,
    costPerformanceIndex: total.costPerformanceIndex,
    scopeChangePercent: growth.value,
    baselineFinish: total.baselineFinish,
    expectedFinish: total.expectedFinish,
    finishVarianceDays: total.finishVarianceDays,
    trust: report.trust.level,
    trustRemarks: report.trust.remarks,
    undefinedBecause: {
      ...Object.fromEntries(
        keys.flatMap((key) => (total.undefinedBecause[key] ? [[key, total.undefinedBecause[key]]] : [])),
      ),
      ...(growth.because === null ? {} : { scopeChangePercent: growth.because }),
    },
  }
}

const growthOf = ({ total }: PlanVariance): Known => {
  const sizeOrReason = (path: 'baseline' | 'current'): Known<bigint> => {
    const size = total.scope[path]
    return size === null ? unknown(total.undefinedBecause[`scope.${path}`] ?? 'noBaseline') : known(microSize(size))
  }
  return scopeGrowthPercent(sizeOrReason('baseline'), sizeOrReason('current'))
}

const totalOf = (reports: readonly PlanVariance[]): Portfolio['total'] => {
  const currencies = new Set(reports.map((report) => report.valueUnit))
  const [currency = null] = currencies
  const undefinedBecause: Record<string, Reason> = {}
  const sum = (key: 'plannedValue' | 'earnedValue' | 'actualCost' | 'budgetAtCompletion'): number | null => {
    const because: Reason | null =
      reports.length === 0
        ? 'noBaseline'
        : currencies.size > 1
          ? 'mixedCurrencies'
          : reports.some(({ total }) => total[key] === null)
            ? 'partsUnknown'
            : null
    if (because !== null) {
      undefinedBecause[key] = because
      return null
    }
    return reports.reduce((total, report) => total + (report.total[key] ?? 0), 0)
  }
  const plannedValue = sum('plannedValue')
  const earnedValue = sum('earnedValue')
  const actualCost = sum('actualCost')
  const ratio = (key: string, below: number | null, belowKey: string, zero: Reason): number | null => {
    const because = undefinedBecause.earnedValue ?? undefinedBecause[belowKey] ?? (below === 0 ? zero : undefined)
    if (because === undefined) return earnedValue! / below!
    undefinedBecause[key] = because
    return null
  }
  return {
    currency: currencies.size === 1 && reports.every((report) => report.currency === currency) ? currency : null,
    plannedValue,
    earnedValue,
    actualCost,
    budgetAtCompletion: sum('budgetAtCompletion'),
    schedulePerformanceIndex: ratio('schedulePerformanceIndex', plannedValue, 'plannedValue', 'plannedValueZero'),
    costPerformanceIndex: ratio('costPerformanceIndex', actualCost, 'actualCost', 'actualCostZero'),
    undefinedBecause,
  }
}
