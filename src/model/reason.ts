/** Why a value is unknown: a closed list, with the sentence that people read. Unknown is `null`, never 0. */
export const REASONS = {
  noBaseline: 'No baseline has been frozen that counts on this date.',
  noBaselineScope: 'The baseline holds neither items nor a stated size for this phase, so nothing can be earned yet.',
  noBudget: 'No budget was planned, so there is nothing to compare cost with.',
  noDates: 'The baseline gives this phase no start or finish.',
  beforeStart: 'The plan has not started on this date.',
  plannedValueZero: 'Nothing was planned to be done by this date, so the ratio has no meaning.',
  actualCostZero: 'No cost has been recorded, so the ratio has no meaning.',
  earnedValueZero: 'Nothing has been earned, so no finish or cost can be projected from the pace so far.',
  budgetZero: 'The budget is zero.',
  budgetExhausted: 'Actual cost has reached the budget: no efficiency can finish the work within it.',
  plannedFinishPassed: 'The planned finish has passed.',
  unratedHours: 'Hours were logged by people without a rate, so the cost is not known.',
  partsUnknown: 'Some phases of this sum are unknown.',
  unitChanged: 'The plan has changed its unit since this baseline.',
  noSize: 'Nothing is in scope.',
  noItems: 'No items are mapped here.',
  noPace: 'Too little has been done to tell a pace.',
  notStarted: 'Work has not started.',
  notFinished: 'Work is not finished.',
  alreadyFinished: 'Work is finished, so it has no float.',
  noInput: 'This technique needs an entry that nobody has made yet.',
  notForecast: 'No forecast has been made for this date.',
  noForecastFromNoData: 'There is too little history to forecast from.',
  mixedCurrencies: 'The plans use different currencies and no exchange rate is given.',
  noMoney: 'The plan has no money.',
  notKnownYet: 'Plumbline did not know this plan at that time.',
  noLinks: 'No dependencies are planned, so float cannot be told.',
  notDeclared: 'The owner has not declared a status.',
} as const

export type Reason = keyof typeof REASONS

/** A value, or why there is none. */
export type Known<T = number> =
  | { readonly value: T; readonly because: null }
  | { readonly value: null; readonly because: Reason }

export const known = <T>(value: T): Known<T> => ({ value, because: null })
export const unknown = (because: Reason): Known<never> => ({ value: null, because })
