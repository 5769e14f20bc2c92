import type { CatalogueEntry } from './catalogue-entry.ts'

const LIPKE = 'Lipke, Schedule is Different (2003)'
const CPM = 'Kelley & Walker, Critical-Path Planning and Scheduling (1959)'
const OURS = 'Plumbline'

/** Measures of time. */
export const TIME_MEASURES: readonly CatalogueEntry[] = [
  {
    id: 'earnedSchedule',
    name: 'Earned schedule',
    symbol: 'ES',
    unit: 'working days',
    good: 'higher',
    words: 'The working day of the plan at which what is earned now was expected.',
    formula: 'C + (EV − PV(C)) ÷ (PV(C+1) − PV(C)), C = last day with PV(C) ≤ EV',
    source: LIPKE,
  },
  {
    id: 'timeVariance',
    name: 'Time variance',
    symbol: 'SV(t)',
    unit: 'working days',
    good: 'higher',
    words: 'How many working days earlier or later the plan expected what is done now. Negative = late.',
    formula: 'ES − AT, AT = working days from the baseline start to the status date (or the finish)',
    source: LIPKE,
  },
  {
    id: 'timePerformanceIndex',
    name: 'Time performance index',
    symbol: 'SPI(t)',
    unit: 'ratio',
    good: 'higher',
    words: 'Working days of plan done in each working day. It stays true after the planned finish.',
    formula: 'ES ÷ AT',
    source: LIPKE,
  },
  {
    id: 'expectedFinish',
    name: 'Expected finish',
    symbol: 'expected finish',
    unit: 'date',
    good: 'lower',
    words:
      'When it will be finished if the pace continues: the actual finish, or remaining size ÷ pace from the status date on, after what it depends on.',
    formula: 'max(status date, actual start or dependencies and planned start) + remaining size ÷ pace',
    source: OURS,
  },
  {
    id: 'finishVarianceDays',
    name: 'Finish variance',
    symbol: 'finish variance',
    unit: 'working days',
    good: 'lower',
    words: 'Working days between the baseline finish and the expected (or actual) finish. Positive = late.',
    formula: 'expected finish − baseline finish',
    source: 'Microsoft Project, Finish Variance',
  },
  {
    id: 'totalFloatDays',
    name: 'Total float',
    symbol: 'TF',
    unit: 'working days',
    good: 'higher',
    words: 'How many working days it may slip without moving the end of the plan.',
    formula: 'late finish − early finish',
    source: CPM,
  },
  {
    id: 'critical',
    name: 'Critical',
    symbol: 'critical',
    unit: 'text',
    good: 'none',
    words: 'On the critical path: any delay here delays the end of the plan.',
    formula: 'TF ≤ 0',
    source: CPM,
  },
  {
    id: 'status',
    name: 'Status',
    symbol: 'status',
    unit: 'text',
    good: 'none',
    words:
      'What the numbers say against the limits; the worst rule wins. Unknown where inputs are missing or the data is poor.',
    formula: 'worst of: SPI(t) or SPI, CPI, finish variance, growth of scope',
    source: OURS,
  },
]
