import type { PhaseProgress } from '../measures/earned-value.ts'
import { earnedValue } from '../measures/earned-value.ts'
import { hasFinished, hasStarted } from '../measures/earned-by-start-and-finish.ts'
import { plannedValueOn } from '../measures/planned-value.ts'
import { sumKnown } from '../measures/roll-up.ts'
import { type ScopeRoll, scopeRoll } from '../measures/scope.ts'
import type { Micro } from '../model/amounts.ts'
import type { BaselinePhase } from '../model/baseline.ts'
import type { Phase } from '../model/plan.ts'
import type { BalanceAmounts } from '../model/posting.ts'
import { type Known, known, unknown } from '../model/reason.ts'
import type { IsoDate } from '../model/time.ts'
import type { PhaseActivity } from '../store/phase-activity.ts'
import { enteredDates } from './entered-dates.ts'
import { phasesWithin } from './phases-within.ts'
import type { ValueUnit } from './value-unit.ts'

/** What the books say of one phase, without its children, up to a day. */
export interface PhaseBooks {
  readonly phase: Phase
  /** The phase as the baseline in force holds it; `null` = no baseline, or the phase came later. */
  readonly frozen: { readonly record: BaselinePhase; readonly phase: Phase } | null
  /** Book 0: the work. */
  readonly work: BalanceAmounts
  /** Book N: what the baseline lets it earn. */
  readonly earnings: BalanceAmounts
  readonly activity: PhaseActivity
  readonly milestones: readonly { readonly weight: number | null; readonly reachedOn: IsoDate | null }[]
}

/** A phase without its children on a day: the parts that rows are sums of. Micro units. */
export interface PhasePart {
  readonly phase: Phase
  readonly frozen: PhaseBooks['frozen']
  readonly value: Micro
  readonly plannedValue: Known<Micro>
  readonly earnedValue: Known<Micro>
  readonly actualCost: Known<Micro>
  readonly levelOfEffort: boolean
  readonly scope: ScopeRoll
  readonly work: BalanceAmounts
  readonly earnings: BalanceAmounts
  readonly activity: PhaseActivity
  readonly startedOn: IsoDate | null
  /** Apportioned: the parts that it follows; else none. */
  readonly base: readonly PhasePart[]
  readonly isEmpty: boolean
}

export interface PartTerms {
  readonly asOf: IsoDate
  readonly hasBaseline: boolean
  readonly unit: ValueUnit
  /** The plan's unit differs from the baseline's: sizes cannot be compared. */
  readonly unitChanged: boolean
  readonly hoursAreCost: boolean
}

/** All phases of a plan as parts. Apportioned phases follow the ones that they lean on. */
export const phaseParts = (books: readonly PhaseBooks[], terms: PartTerms): readonly PhasePart[] => {
  const phases = books.map((book) => book.phase)
  const within = (id: string): readonly PhaseBooks[] => {
    const numbers = new Set(phasesWithin(phases, id).map(({ no }) => no))
    return books.filter((book) => numbers.has(book.phase.no))
  }
  const earned = new Map<string, Known<Micro>>()
  const earnedOf = (book: PhaseBooks, leaning: ReadonlySet<string>): Known<Micro> => {
    const { id } = book.phase
    const found = earned.get(id)
    if (found) return found
    const technique = techniqueOf(book)
    const base = technique.kind === 'apportioned' ? within(technique.phase) : []
    const line = new Set(leaning).add(id)
    const leansOnItself = base.some((each) => line.has(each.phase.id))
    const result = earnedValue(technique, {
      ...progressOf(book, terms),
      base:
        base.length > 0 && !leansOnItself
          ? {
              earned: sumKnown(base.map((each) => earnedOf(each, line))),
              value: base.reduce((sum, each) => sum + (each.frozen?.record.value ?? 0n), 0n),
            }
          : null,
    })
    earned.set(id, result)
    return result
  }
  const startOf = (book: PhaseBooks, leaning: ReadonlySet<string>): IsoDate | null => {
    const technique = techniqueOf(book)
    const own = startedOn(book, terms.asOf)
    if (own !== null || technique.kind !== 'apportioned' || leaning.has(book.phase.id)) return own
    const line = new Set(leaning).add(book.phase.id)
    const starts = within(technique.phase).map((each) => startOf(each, line))
    return starts.filter((date) => date !== null).sort()[0] ?? null
  }
  const parts = books.map((book) => ({
    phase: book.phase,
    frozen: book.frozen,
    value: book.frozen?.record.value ?? 0n,
    plannedValue: terms.hasBaseline ? plannedValueOf(book, terms.asOf) : unknown('noBaseline'),
    earnedValue: terms.hasBaseline ? earnedOf(book, new Set()) : unknown('noBaseline'),
    actualCost: costOf(book, terms),
    levelOfEffort: techniqueOf(book).kind === 'level-of-effort',
    scope: scopeOf(book, terms),
    work: book.work,
    earnings: book.earnings,
    activity: book.activity,
    startedOn: startOf(book, new Set()),
    base: [] as PhasePart[],
    isEmpty: isEmpty(book, scopeOf(book, terms)),
  }))
  for (const [index, book] of books.entries()) {
    const technique = techniqueOf(book)
    if (technique.kind !== 'apportioned') continue
    const numbers = new Set(phasesWithin(phases, technique.phase).map(({ no }) => no))
    parts[index]!.base.push(
      ...parts.filter(({ phase, isEmpty: holdsNothing }) => numbers.has(phase.no) && !holdsNothing),
    )
  }
  return parts
}

/** The technique that was approved, once something was. */
const techniqueOf = ({ phase, frozen }: PhaseBooks) => (frozen?.phase ?? phase).progress

const plannedOn = ({ frozen }: PhaseBooks, asOf: IsoDate): Micro =>
  frozen?.record.curveStart ? plannedValueOn({ ...frozen.record, curveStart: frozen.record.curveStart }, asOf) : 0n

/** A budget without dates cannot be spread: what was planned by a day is not known. */
const plannedValueOf = (book: PhaseBooks, asOf: IsoDate): Known<Micro> =>
  book.frozen && book.frozen.record.value > 0n && book.frozen.record.curveStart === null
    ? unknown('noDates')
    : known(plannedOn(book, asOf))

const startedOn = (book: PhaseBooks, asOf: IsoDate): IsoDate | null => {
  const { phase, activity } = book
  if (phase.actualStart !== null && phase.actualStart <= asOf) return phase.actualStart
  const { started } = enteredDates(techniqueOf(book), phase, asOf)
  const days = [activity.firstStart, started].filter((date) => date !== null && date <= asOf)
  return days.sort()[0] ?? null
}

const progressOf = (book: PhaseBooks, { asOf }: PartTerms): Omit<PhaseProgress, 'base'> => {
  const { phase, frozen, work, earnings } = book
  const counts = {
    listed: frozen?.record.listedItems ?? 0,
    listedStarted: earnings.doing + earnings.done,
    listedDone: earnings.done,
    present: work.items,
    presentStarted: work.doing + work.done,
    presentDone: work.done,
  }
  return {
    asOf,
    value: frozen?.record.value ?? 0n,
    plannedValue: plannedOn(book, asOf),
    started: hasStarted(counts, phase.actualStart, asOf) || earnings.earned > 0n || earnings.outside > 0n,
    finished: hasFinished(counts, phase.actualFinish, asOf),
    items: {
      // A phase that came after the baseline has no budget: it earns nothing, and that is known.
      scope: frozen ? frozen.record.scope : 0n,
      listedEarned: earnings.earned,
      poolSize: frozen?.record.poolSize ?? 0n,
      poolValue: frozen?.record.poolValue ?? 0n,
      outsideDone: earnings.outside,
    },
    milestones: book.milestones,
    entries: phase.actuals,
    unitsTotal: phase.unitsTotal,
  }
}

const costOf = ({ work }: PhaseBooks, { unit, hoursAreCost }: PartTerms): Known<Micro> => {
  if (unit.isMoney) return work.unratedSeconds > 0 ? unknown('unratedHours') : known(work.cost)
  return hoursAreCost ? known((BigInt(work.seconds) * 1_000_000n) / 3600n) : unknown('noBudget')
}

const scopeOf = ({ frozen, work, earnings }: PhaseBooks, { hasBaseline, unitChanged }: PartTerms): ScopeRoll => {
  const excepted = frozen?.record.excepted
  return scopeRoll({
    baseline: !hasBaseline
      ? unknown('noBaseline')
      : unitChanged
        ? unknown('unitChanged')
        : known(frozen?.record.scope ?? 0n),
    flows: {
      added: work.added - (excepted?.added ?? 0n),
      removed: work.removed - (excepted?.removed ?? 0n),
      reestimated: work.reestimated - (excepted?.reestimated ?? 0n),
      movedIn: work.movedIn - (excepted?.movedIn ?? 0n),
      movedOut: work.movedOut - (excepted?.movedOut ?? 0n),
    },
    poolSize: frozen?.record.poolSize ?? 0n,
    outside: earnings.size,
    presentSize: work.size,
  })
}

/** Holds nothing, and nothing passed through it since the baseline. */
const isEmpty = ({ phase, frozen, work }: PhaseBooks, scope: ScopeRoll): boolean =>
  (frozen === null || (frozen.record.value === 0n && frozen.record.scope === null)) &&
  work.items === 0 &&
  work.dropped === 0 &&
  work.seconds === 0 &&
  work.cost === 0n &&
  scope.added === 0n &&
  scope.removed === 0n &&
  scope.reestimated === 0n &&
  scope.movedIn === 0n &&
  scope.movedOut === 0n &&
  phase.actuals.length === 0
