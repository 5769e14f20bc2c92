import { addDays, dayNumber, weekday } from '../../src/model/time.ts'
import type { Explanation } from '../../src/reports/shapes/explanation.ts'
import type { PlanCurves } from '../../src/reports/shapes/plan-curves.ts'
import type { PlanItems } from '../../src/reports/shapes/plan-items.ts'
import type { PlanVariance, PlanVarianceRow } from '../../src/reports/shapes/plan-variance.ts'
import type { Portfolio } from '../../src/reports/shapes/portfolio.ts'
import type { Assets } from '../../web/assets.ts'
import type { ProblemDocument } from '../../web/pages/problem.tsx'
import type { SetupBaselineProps } from '../../web/pages/setup-baseline.tsx'
import type { SetupConnectProps } from '../../web/pages/setup-connect.tsx'
import type { SetupDraftProps } from '../../web/pages/setup-draft.tsx'
import type { SetupSourcesProps } from '../../web/pages/setup-sources.tsx'
import type { SourcesProps } from '../../web/pages/sources.tsx'

export const assets: Assets = { css: '/assets/plumbline.css', islands: '/assets/main.js' }

const NAMED = 'Checkout relaunch'
export const HOSTILE = 'Roll-out <script>alert("x")</script> & "friends"'
export const LONG =
  'Hypercare, knowledge transfer, decommissioning of the former payment gateway and everything that nobody wanted to name'

const VALUES = {
  plannedValue: 100_000,
  earnedValue: 92_000,
  actualCost: 97_500,
  scheduleVariance: -8_000,
  costVariance: -5_500,
}

const MEASURES = {
  plannedPercent: 55.56,
  percentComplete: 48.4,
  ...VALUES,
  scheduleVariancePercent: -8,
  costVariancePercent: -5.978,
  schedulePerformanceIndex: 0.92,
  costPerformanceIndex: 0.9436,
  budgetAtCompletion: 180_000,
  estimateAtCompletion: 190_760.87,
  estimateMethod: 'byCpi' as const,
  estimates: { byCpi: 190_760.87, byBudget: 185_500, byCpiSpi: 198_870.51, fromWork: 194_020 },
  estimateToComplete: 93_260.87,
  varianceAtCompletion: -10_760.87,
  varianceAtCompletionPercent: -5.978,
  toCompletePerformanceIndex: 1.0667,
  earnedSchedule: 41.3,
  timeVariance: -3.7,
  timePerformanceIndex: 0.9178,
}

/** A phase that is a little late and a little dear; the arguments say what is different. */
export const row = (different: Partial<PlanVarianceRow>): PlanVarianceRow => ({
  id: 'build',
  parent: null,
  level: 0,
  name: 'Build',
  owner: 'Ana K.',
  baselineStart: '2026-03-02',
  baselineFinish: '2026-06-26',
  plannedStart: '2026-03-02',
  plannedFinish: '2026-07-03',
  actualStart: '2026-03-04',
  actualFinish: null,
  expectedFinish: '2026-07-14',
  finishVarianceDays: 12,
  current: {
    plannedValue: 31_000,
    earnedValue: 24_500,
    actualCost: 27_100,
    scheduleVariance: -6_500,
    costVariance: -2_600,
  },
  ...MEASURES,
  hours: { logged: 812.5, unrated: 0 },
  scope: {
    baseline: 120,
    added: 14,
    removed: 3,
    reestimated: 5.5,
    movedIn: 0,
    movedOut: 2,
    filled: 0,
    current: 134.5,
    done: 65,
  },
  items: { total: 48, done: 22, doing: 7, todo: 19, dropped: 3, unestimated: 4 },
  forecastFinish: { p50: '2026-07-10', p85: '2026-07-22', p95: '2026-08-03' },
  totalFloatDays: 0,
  critical: true,
  status: 'at-risk',
  statusBecause: ['SPI(t) 0.92 is below 0.95.', 'Expected finish is 12 working days after the baseline.'],
  declaredStatus: null,
  judged: null,
  undefinedBecause: {},
  ...different,
})

const discovery = row({
  id: 'discovery',
  name: 'Discovery',
  baselineStart: '2026-01-12',
  baselineFinish: '2026-02-27',
  plannedStart: '2026-01-12',
  plannedFinish: '2026-02-27',
  actualStart: '2026-01-12',
  actualFinish: '2026-02-25',
  expectedFinish: '2026-02-25',
  finishVarianceDays: -2,
  plannedPercent: 100,
  percentComplete: 100,
  plannedValue: 40_000,
  earnedValue: 40_000,
  actualCost: 38_200,
  scheduleVariance: 0,
  costVariance: 1_800,
  scheduleVariancePercent: 0,
  costVariancePercent: 4.5,
  schedulePerformanceIndex: 1,
  costPerformanceIndex: 1.0471,
  timePerformanceIndex: 1.06,
  timeVariance: 2,
  varianceAtCompletion: 1_800,
  varianceAtCompletionPercent: 4.5,
  budgetAtCompletion: 40_000,
  estimateAtCompletion: 38_200,
  estimateToComplete: 0,
  status: 'on-track',
  statusBecause: ['Finished 2 working days early and below budget.'],
  critical: false,
  totalFloatDays: 3,
  toCompletePerformanceIndex: null,
  undefinedBecause: { toCompletePerformanceIndex: 'budgetExhausted' },
})

const build = row({
  declaredStatus: { status: 'on-track', date: '2026-06-12', comment: 'The provider promised the sandbox for Monday.' },
})
const gateway = row({
  id: 'gateway',
  parent: 'build',
  level: 1,
  name: 'Payment gateway',
  status: 'off-track',
  finishVarianceDays: 21,
  expectedFinish: '2026-07-27',
})
const interfaces = row({
  id: 'interfaces',
  parent: 'build',
  level: 1,
  name: 'Interfaces',
  status: 'on-track',
  finishVarianceDays: 0,
  expectedFinish: '2026-06-26',
  scheduleVariance: 1_200,
  timeVariance: 0.02,
})

const NOTHING_YET = {
  plannedValue: 0,
  earnedValue: null,
  actualCost: null,
  scheduleVariance: null,
  costVariance: null,
}

const launch = row({
  id: 'launch',
  name: HOSTILE,
  owner: null,
  baselineStart: '2026-06-29',
  baselineFinish: '2026-08-14',
  plannedStart: '2026-06-29',
  plannedFinish: '2026-08-21',
  actualStart: null,
  expectedFinish: '2026-09-02',
  finishVarianceDays: 13,
  plannedPercent: 0,
  percentComplete: null,
  current: NOTHING_YET,
  ...NOTHING_YET,
  scheduleVariancePercent: null,
  costVariancePercent: null,
  schedulePerformanceIndex: null,
  costPerformanceIndex: null,
  estimateAtCompletion: null,
  estimateMethod: null,
  estimates: { byCpi: null, byBudget: null, byCpiSpi: null, fromWork: null },
  estimateToComplete: null,
  varianceAtCompletion: null,
  varianceAtCompletionPercent: null,
  toCompletePerformanceIndex: null,
  earnedSchedule: null,
  timeVariance: null,
  timePerformanceIndex: null,
  hours: { logged: 6, unrated: 6 },
  scope: {
    baseline: null,
    added: 0,
    removed: 0,
    reestimated: 0,
    movedIn: 0,
    movedOut: 0,
    filled: 0,
    current: 0,
    done: 0,
  },
  items: { total: 0, done: 0, doing: 0, todo: 0, dropped: 0, unestimated: 0 },
  forecastFinish: { p50: null, p85: null, p95: null },
  totalFloatDays: null,
  critical: null,
  status: 'unknown',
  statusBecause: ['The baseline holds neither items nor a stated size for this phase.'],
  undefinedBecause: {
    percentComplete: 'noSize',
    earnedValue: 'noBaselineScope',
    actualCost: 'unratedHours',
    scheduleVariance: 'noBaselineScope',
    costVariance: 'noBaselineScope',
    'current.earnedValue': 'noBaselineScope',
    'current.actualCost': 'unratedHours',
    'current.scheduleVariance': 'noBaselineScope',
    'current.costVariance': 'noBaselineScope',
    scheduleVariancePercent: 'noBaselineScope',
    costVariancePercent: 'noBaselineScope',
    schedulePerformanceIndex: 'plannedValueZero',
    costPerformanceIndex: 'actualCostZero',
    estimateAtCompletion: 'noBaselineScope',
    estimateToComplete: 'noBaselineScope',
    varianceAtCompletion: 'noBaselineScope',
    varianceAtCompletionPercent: 'noBaselineScope',
    toCompletePerformanceIndex: 'noBaselineScope',
    earnedSchedule: 'beforeStart',
    timeVariance: 'beforeStart',
    timePerformanceIndex: 'beforeStart',
    'scope.baseline': 'noBaselineScope',
    'forecastFinish.p50': 'notForecast',
    'forecastFinish.p85': 'notForecast',
    'forecastFinish.p95': 'notForecast',
    totalFloatDays: 'noLinks',
  },
})

const hypercare = row({
  id: 'hypercare',
  name: LONG,
  baselineStart: '2026-08-17',
  baselineFinish: '2026-09-30',
  plannedStart: '2026-08-17',
  plannedFinish: '2026-09-30',
  actualStart: null,
  expectedFinish: '2026-10-07',
  finishVarianceDays: 5,
  status: 'at-risk',
  plannedPercent: 0,
  percentComplete: 0,
})

const total = row({
  id: 'checkout',
  name: NAMED,
  baselineStart: '2026-01-12',
  baselineFinish: '2026-09-30',
  plannedStart: '2026-01-12',
  plannedFinish: '2026-09-30',
  actualStart: '2026-01-12',
  expectedFinish: '2026-10-07',
  finishVarianceDays: 5,
  budgetAtCompletion: 1_284_000,
  timePerformanceIndex: null,
  timeVariance: null,
  earnedSchedule: null,
  status: 'off-track',
  statusBecause: [
    'Payment gateway is expected 21 working days after its baseline and lies on the critical path.',
    'CPI 0.94 is below 0.95.',
  ],
  judged: { ...MEASURES, share: 0.86 },
  undefinedBecause: {
    timePerformanceIndex: 'partsUnknown',
    timeVariance: 'partsUnknown',
    earnedSchedule: 'partsUnknown',
  },
})

export const planVariance: PlanVariance = {
  plan: 'checkout',
  name: NAMED,
  timezone: 'Europe/Berlin',
  asOf: '2026-06-15',
  knownAt: '2026-06-15T16:04:11.204Z',
  revision: 412,
  baseline: {
    number: 2,
    name: 'After the provider changed',
    approvedAt: '2026-03-30T09:12:00.000Z',
    reason: 'Steering committee 30 March: second provider accepted',
    workDay: '2026-03-27',
  },
  unit: 'points',
  currency: 'EUR',
  valueUnit: 'EUR',
  period: { kind: 'month', from: '2026-06-01', to: '2026-06-15' },
  rows: [discovery, build, gateway, interfaces, launch, hypercare],
  total,
  unmapped: { items: 17 },
  milestones: [
    {
      id: 'kick',
      phase: 'discovery',
      name: 'Concept approved',
      baselineDate: '2026-02-20',
      plannedDate: '2026-02-20',
      actualDate: '2026-02-18',
      varianceDays: -2,
    },
    {
      id: 'beta',
      phase: 'build',
      name: 'Public beta',
      baselineDate: '2026-05-29',
      plannedDate: '2026-06-24',
      actualDate: null,
      varianceDays: 17,
    },
    {
      id: 'live',
      phase: 'launch',
      name: 'Live in all countries',
      baselineDate: null,
      plannedDate: '2026-08-21',
      actualDate: null,
      varianceDays: null,
    },
  ],
  trust: {
    level: 'limited',
    remarks: ['17 items of the sources match no rule: map them or accept that they do not count.'],
    lastDeliveryAt: '2026-06-15T16:03:58.000Z',
    lastPollAt: '2026-06-15T15:55:00.000Z',
    itemsSeen: 1243,
    mapped: 1226,
    unmapped: 17,
    unestimated: 64,
    settling: false,
    sources: [
      {
        id: 'web',
        title: 'GitHub acme/web',
        lastPollAt: '2026-06-15T15:55:00.000Z',
        lastDeliveryAt: '2026-06-15T16:03:58.000Z',
        itemsSeen: 812,
        error: null,
        nextAttemptAt: null,
      },
      {
        id: 'core',
        title: 'Jira CORE',
        lastPollAt: '2026-06-15T11:20:00.000Z',
        lastDeliveryAt: null,
        itemsSeen: 431,
        error: 'The token has expired: make a new one and enter it under Set up.',
        nextAttemptAt: '2026-06-15T16:20:00.000Z',
      },
    ],
  },
}

const NO_NUMBERS = Object.fromEntries(
  Object.keys(MEASURES)
    .filter((key) => key !== 'estimates')
    .map((key) => [key, null]),
)
const withoutBaseline = (from: PlanVarianceRow): PlanVarianceRow => ({
  ...from,
  ...NO_NUMBERS,
  actualCost: from.actualCost,
  estimates: { byCpi: null, byBudget: null, byCpiSpi: null, fromWork: null },
  baselineStart: null,
  baselineFinish: null,
  finishVarianceDays: null,
  current: { plannedValue: null, earnedValue: null, actualCost: 27_100, scheduleVariance: null, costVariance: null },
  scope: { ...from.scope, baseline: null },
  status: 'unknown',
  statusBecause: ['No baseline has been frozen that counts on this date.'],
  declaredStatus: null,
  judged: null,
  undefinedBecause: {
    ...Object.fromEntries(Object.keys(MEASURES).map((key) => [key, 'noBaseline' as const])),
    'current.plannedValue': 'noBaseline',
    'current.earnedValue': 'noBaseline',
    'current.scheduleVariance': 'noBaseline',
    'current.costVariance': 'noBaseline',
    'scope.baseline': 'noBaseline',
    baselineStart: 'noBaseline',
    baselineFinish: 'noBaseline',
    finishVarianceDays: 'noBaseline',
  },
})

export const planWithoutBaseline: PlanVariance = {
  ...planVariance,
  baseline: null,
  rows: planVariance.rows.map(withoutBaseline),
  total: withoutBaseline(total),
  milestones: planVariance.milestones.map((milestone) => ({ ...milestone, baselineDate: null, varianceDays: null })),
  trust: { ...planVariance.trust, lastDeliveryAt: null, settling: true },
}

const FIRST = '2026-01-12'
const DAYS = 262
const day = (position: number): string => addDays(FIRST, position)
const worked = (isoDate: string): number => {
  let count = 0
  for (let step = 0; step <= dayNumber(isoDate) - dayNumber(FIRST); step += 1) if (weekday(day(step)) < 5) count += 1
  return count
}
const series = (value: (isoDate: string, position: number) => number | null): (number | null)[] =>
  Array.from({ length: DAYS }, (_, position) => value(day(position), position))
const soFar = (value: (isoDate: string, position: number) => number) =>
  series((isoDate, position) => (isoDate <= planVariance.asOf ? value(isoDate, position) : null))

export const planCurves: PlanCurves = {
  plan: 'checkout',
  phase: null,
  asOf: planVariance.asOf,
  revision: 412,
  valueUnit: 'EUR',
  unit: 'points',
  dates: series(() => 0).map((_, position) => day(position)),
  plannedValue: series((isoDate) => 1_284_000 * (1 - Math.cos((worked(isoDate) / 188) * Math.PI)) * 0.5),
  earnedValue: soFar((isoDate) => 1_284_000 * (1 - Math.cos((worked(isoDate) / 205) * Math.PI)) * 0.5),
  actualCost: soFar((isoDate) => 1_340_000 * (1 - Math.cos((worked(isoDate) / 196) * Math.PI)) * 0.5),
  scope: soFar(
    (isoDate) =>
      400 + (isoDate > '2026-03-20' ? 30 : 0) + (isoDate > '2026-05-04' ? 42 : 0) - (isoDate > '2026-05-20' ? 12 : 0),
  ),
  baselineScope: series(() => 400),
  done: soFar((isoDate) => Math.floor(worked(isoDate) * 1.7)),
}

export const curvesWithoutBaseline: PlanCurves = {
  ...planCurves,
  plannedValue: series(() => null),
  earnedValue: series(() => null),
  baselineScope: series(() => null),
}

type PortfolioPlan = Portfolio['plans'][number]
const portfolioPlan = (different: Partial<PortfolioPlan>): PortfolioPlan => ({
  id: 'checkout',
  name: NAMED,
  revision: 412,
  baseline: 2,
  status: 'off-track',
  statusBecause: total.statusBecause as string[],
  valueUnit: 'EUR',
  currency: 'EUR',
  plannedPercent: 55.56,
  percentComplete: 48.4,
  plannedValue: 713_000,
  earnedValue: 655_960,
  actualCost: 695_173,
  budgetAtCompletion: 1_284_000,
  estimateAtCompletion: 1_360_756,
  schedulePerformanceIndex: 0.92,
  timePerformanceIndex: 0.9178,
  costPerformanceIndex: 0.9436,
  scopeChangePercent: 15.04,
  baselineFinish: '2026-09-30',
  expectedFinish: '2026-10-16',
  finishVarianceDays: 12,
  trust: 'limited',
  trustRemarks: ['17 items match no rule.'],
  undefinedBecause: {},
  ...different,
})

export const portfolio: Portfolio = {
  id: null,
  name: 'Portfolio',
  asOf: '2026-06-15',
  plans: [
    portfolioPlan({}),
    portfolioPlan({
      id: 'search',
      name: 'Search in all shops',
      baseline: 1,
      status: 'on-track',
      statusBecause: ['SPI(t) 1.03 and CPI 1.01: nothing is below its threshold.'],
      plannedPercent: 71.2,
      percentComplete: 74,
      schedulePerformanceIndex: 1.02,
      timePerformanceIndex: 1.03,
      costPerformanceIndex: 1.012,
      scopeChangePercent: -1.2,
      finishVarianceDays: -3,
      baselineFinish: '2026-08-28',
      expectedFinish: '2026-08-25',
      plannedValue: 302_000,
      earnedValue: 308_040,
      actualCost: 304_387,
      budgetAtCompletion: 420_000,
      trust: 'good',
      trustRemarks: [],
    }),
    portfolioPlan({
      id: 'warehouse',
      name: 'Warehouse robots',
      baseline: 1,
      status: 'at-risk',
      statusBecause: ['SPI(t) 0.93 is below 0.95 in the second month running.'],
      percentComplete: 31.5,
      plannedPercent: 34.9,
      scopeChangePercent: 0,
      finishVarianceDays: 0,
      expectedFinish: '2026-09-30',
      costPerformanceIndex: null,
      actualCost: null,
      trust: 'poor',
      trustRemarks: ['Jira WH has not answered since 11 June: its token has expired.'],
      undefinedBecause: { costPerformanceIndex: 'unratedHours', actualCost: 'unratedHours' },
    }),
    portfolioPlan({
      id: 'loyalty',
      name: HOSTILE,
      baseline: null,
      status: 'unknown',
      statusBecause: ['No baseline has been frozen that counts on this date.'],
      valueUnit: 'points',
      currency: null,
      plannedPercent: null,
      percentComplete: 3.25,
      plannedValue: null,
      earnedValue: null,
      actualCost: null,
      budgetAtCompletion: null,
      estimateAtCompletion: null,
      schedulePerformanceIndex: null,
      timePerformanceIndex: null,
      costPerformanceIndex: null,
      scopeChangePercent: null,
      baselineFinish: null,
      expectedFinish: '2026-12-18',
      finishVarianceDays: null,
      undefinedBecause: {
        plannedPercent: 'noBaseline',
        plannedValue: 'noBaseline',
        earnedValue: 'noBaseline',
        actualCost: 'noMoney',
        budgetAtCompletion: 'noBudget',
        schedulePerformanceIndex: 'noBaseline',
        timePerformanceIndex: 'noBaseline',
        costPerformanceIndex: 'noBaseline',
        scopeChangePercent: 'noBaseline',
        baselineFinish: 'noBaseline',
        finishVarianceDays: 'noBaseline',
      },
    }),
  ],
  total: {
    currency: 'EUR',
    plannedValue: 1_728_000,
    earnedValue: 1_619_960,
    actualCost: null,
    budgetAtCompletion: 2_988_000,
    schedulePerformanceIndex: 0.9375,
    costPerformanceIndex: null,
    undefinedBecause: { actualCost: 'partsUnknown', costPerformanceIndex: 'partsUnknown' },
  },
  overlap: { items: 6 },
}

export const emptyPortfolio: Portfolio = {
  ...portfolio,
  plans: [],
  total: {
    currency: null,
    plannedValue: null,
    earnedValue: null,
    actualCost: null,
    budgetAtCompletion: null,
    schedulePerformanceIndex: null,
    costPerformanceIndex: null,
    undefinedBecause: { plannedValue: 'noBaseline' },
  },
  overlap: { items: 0 },
}

type Item = PlanItems['items'][number]
const item = (different: Partial<Item>): Item => ({
  subject: 71,
  key: 'acme/web#12',
  url: 'https://github.com/acme/web/issues/12',
  title: 'Let guests pay without an account',
  source: 'web',
  type: 'Story',
  phase: 'build',
  state: 'done',
  status: 'closed',
  size: 5,
  estimated: true,
  baselineSize: 5,
  baselineValue: 7_500,
  earnedValue: 7_500,
  hours: 31.25,
  cost: 2_968.75,
  assignees: ['Ana K.'],
  addedOn: '2026-02-20',
  startedOn: '2026-03-04',
  doneOn: '2026-03-10',
  due: null,
  ...different,
})

export const planItems: PlanItems = {
  plan: 'checkout',
  phase: null,
  asOf: '2026-06-15',
  revision: 412,
  unit: 'points',
  currency: 'EUR',
  items: [
    item({}),
    item({
      subject: 72,
      key: 'CORE-77',
      url: 'https://acme.atlassian.net/browse/CORE-77',
      title: HOSTILE,
      source: 'core',
      state: 'doing',
      status: 'In review',
      size: 1,
      estimated: false,
      baselineSize: null,
      baselineValue: null,
      earnedValue: null,
      cost: null,
      hours: 6,
      assignees: [],
      doneOn: null,
      due: '2026-06-19',
    }),
    item({
      subject: 73,
      key: 'acme/web#99',
      title: LONG,
      state: 'unmapped',
      phase: null,
      status: 'open',
      type: null,
      startedOn: null,
      doneOn: null,
      baselineSize: null,
      baselineValue: null,
      earnedValue: null,
      hours: 0,
      cost: 0,
    }),
    item({
      subject: 74,
      key: 'acme/web#100',
      url: 'javascript:alert(1)',
      title: 'Opens nothing',
      state: 'dropped',
      status: 'not planned',
      doneOn: null,
      earnedValue: 0,
    }),
  ],
  next: 'eyJhZnRlciI6NzR9',
}

export const explanation: Explanation = {
  plan: 'checkout',
  phase: 'build',
  measure: 'costPerformanceIndex',
  name: 'Cost performance index (CPI)',
  asOf: '2026-06-15',
  knownAt: '2026-06-15T16:04:11.204Z',
  revision: 412,
  baseline: 2,
  value: 0.9436,
  text: null,
  unit: 'ratio',
  undefinedBecause: null,
  words: 'What a euro spent has earned: earned value divided by actual cost.',
  formula: 'CPI = EV ÷ AC = 92,000.00 ÷ 97,500.00',
  good: 'Above 1 is good: less was spent than the work done was worth.',
  source: 'ANSI/PMI 19-006-2019',
  inputs: [
    { name: 'Earned value', value: 92_000, measure: 'earnedValue', phase: null, note: null },
    {
      name: 'Actual cost',
      value: 97_500,
      measure: 'actualCost',
      phase: null,
      note: 'logged hours × rate, and entered costs',
    },
    { name: 'Status date', value: null, measure: null, phase: null, note: 'end of 15 Jun 2026' },
  ],
  baselineRows: [
    { phase: 'build', start: '2026-03-02', finish: '2026-06-26', value: 180_000, scope: 120, plannedValue: 100_000 },
  ],
  postings: [
    {
      subject: 71,
      key: 'acme/web#12',
      url: 'https://github.com/acme/web/issues/12',
      title: 'Let guests pay without an account',
      phase: 'build',
      day: '2026-03-10',
      cause: 'completed',
      entry: 'fact',
      book: 2,
      amount: 7_500,
    },
    {
      subject: 72,
      key: 'CORE-77',
      url: null,
      title: HOSTILE,
      phase: 'build',
      day: '2026-04-02',
      cause: 'reopened',
      entry: 'corrected',
      book: 2,
      amount: -1_250.5,
    },
  ],
  postingsTotal: 92_000,
  next: 'eyJzZXEiOjJ9',
  address:
    '/plans/checkout/explain/costPerformanceIndex?phase=build&asOf=2026-06-15&knownAt=2026-06-15T16%3A04%3A11.204Z',
}

export const unknownExplanation: Explanation = {
  ...explanation,
  phase: null,
  measure: 'timePerformanceIndex',
  name: 'Time performance index, SPI(t)',
  value: null,
  undefinedBecause: 'partsUnknown',
  formula: 'SPI(t) = ES ÷ AT',
  inputs: [],
  baselineRows: [],
  postings: [],
  postingsTotal: 0,
  next: null,
  baseline: null,
}

export const datedExplanation: Explanation = {
  ...unknownExplanation,
  measure: 'expectedFinish',
  name: 'Expected finish',
  text: '2026-10-07',
  unit: 'date',
  undefinedBecause: null,
  formula: 'the actual finish, else where the network puts it',
  inputs: [
    { name: 'Expected finish of Build', value: null, measure: 'expectedFinish', phase: 'build', note: '2026-07-14' },
  ],
}

export const phases = planVariance.rows.map(({ id, name }) => ({ id, name }))

export const health: SourcesProps['report'] = {
  sources: planVariance.trust.sources.map((source) => ({
    ...source,
    connection: source.id === 'web' ? 'acme-github' : 'acme-jira',
    state: source.error === null ? 'waiting' : 'failing',
    items: { total: source.itemsSeen },
  })),
  connections: [
    {
      id: 'acme-github',
      tracker: 'github',
      url: 'https://api.github.com',
      webhookAddress: 'https://plumbline.acme.test/webhooks/acme-github',
      deliveries: 5_120,
      refusedDeliveries: 2,
      lastDeliveryAt: '2026-06-15T16:03:58.000Z',
    },
  ],
}

export const connect: Omit<SetupConnectProps, 'assets'> = {
  trackers: [
    {
      kind: 'github',
      title: 'GitHub',
      keys: [
        {
          name: 'url',
          help: 'https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise Server',
          required: true,
        },
        {
          name: 'token',
          help: 'fine-grained token with read access to Issues and Metadata',
          required: true,
          secret: true,
        },
        { name: 'webhookSecret', help: 'the secret entered with the webhook', secret: true },
        { name: 'timeoutSeconds', help: 'how long one call may take, default 30' },
      ],
    },
    { kind: 'jira', title: 'Jira', keys: [{ name: 'url', help: 'https://acme.atlassian.net', required: true }] },
  ],
  chosen: 'github',
  values: { id: 'Acme GitHub', url: 'https://api.github.com', token: 'ghp_never_shown' },
  problems: [
    { at: 'id', message: 'Use lower-case letters, digits and dashes, e.g. acme-github.' },
    { at: '', message: 'GitHub did not accept the token (401): make a new one and enter it here.' },
  ],
  connections: [{ id: 'acme-jira', title: 'Jira', url: 'https://acme.atlassian.net' }],
}

export const choose: Omit<SetupSourcesProps, 'assets'> = {
  connection: { id: 'acme-github', tracker: 'github' },
  identity: {
    name: 'plumbline-reader',
    remarks: ['The token may also write issues; Plumbline does not need that: untick it.'],
  },
  discovered: [
    { value: 'acme/web', title: 'acme/web', lastActivity: '2026-06-14T22:11:00.000Z', chosen: true },
    { value: 'acme/ops', title: HOSTILE, lastActivity: null, chosen: false },
  ],
  other: '',
  problems: [],
}

export const draft: Omit<SetupDraftProps, 'assets'> = {
  yaml: 'plans:\n  checkout:\n    name: Checkout relaunch\n    timezone: Europe/Berlin # </textarea>\n    phases:\n      - { id: build, name: Build, start: 2026-03-02, finish: 2026-06-26 }\n',
  remarks: ['4 milestones became phases; their starts are guessed from the first item’s creation.'],
  problems: [{ at: 'line 12, plans.checkout.phases[0].strat', message: 'is not a field; did you mean start?' }],
  changes: null,
}

export const freeze: Omit<SetupBaselineProps, 'assets'> = {
  plan: { id: 'checkout', name: NAMED, unit: 'points', currency: 'EUR' },
  phases: [
    {
      id: 'build',
      name: 'Build',
      level: 0,
      start: '2026-03-02',
      finish: '2026-06-26',
      items: 48,
      size: 120,
      budget: 180_000,
    },
    { id: 'launch', name: HOSTILE, level: 1, start: null, finish: null, items: 0, size: null, budget: null },
  ],
  remarks: ['Launch has neither items nor a size: its earned value will stay unknown.'],
  reading: [
    { title: 'Jira CORE', seen: 431, total: 1200 },
    { title: 'GitHub acme/web', seen: 80, total: null },
  ],
  values: { name: 'As approved', reason: '', asOf: '2026-06-15' },
  problems: [{ at: 'reason', message: 'Say why: who agreed to it, and when.' }],
}

export const notFound: ProblemDocument = {
  status: 404,
  title: 'Not found',
  detail: 'http: no such plan: plan=chekout. Did you mean checkout?',
}
