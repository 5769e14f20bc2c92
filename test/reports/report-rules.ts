import { expect } from 'vitest'
import { type PlanVariance, type PlanVarianceRow, planVarianceSchema } from '../../src/reports/shapes/plan-variance.ts'

/** What has no value for a reason that needs no telling: there is nobody, nothing above, nothing declared. */
const SILENT = new Set(['parent', 'owner', 'declaredStatus', 'judged', 'estimateMethod', 'judged.estimateMethod'])

/** Key paths of a row that are null and ought to say why. */
const unknownPaths = (part: object, prefix = ''): string[] =>
  Object.entries(part).flatMap(([key, value]) => {
    const path = prefix + key
    if (path === 'undefinedBecause' || path === 'statusBecause' || SILENT.has(path)) {
      return key === 'judged' && value !== null ? unknownPaths(value as object, 'judged.') : []
    }
    if (value === null) return [path]
    return typeof value === 'object' ? unknownPaths(value as object, `${path}.`) : []
  })

/** A sum of parts: known and equal, or unknown where a part is. */
const expectSum = (whole: number | null, parts: readonly (number | null)[], what: string): void => {
  if (parts.some((part) => part === null)) expect(whole, what).toBeNull()
  else
    expect(whole, what).toBeCloseTo(
      parts.reduce<number>((sum, part) => sum + part!, 0),
      4,
    )
}

const expectDifference = (result: number | null, a: number | null, b: number | null, what: string): void => {
  if (a === null || b === null) expect(result, what).toBeNull()
  else expect(result, what).toBeCloseTo(a - b, 6)
}

const expectRow = (row: PlanVarianceRow): void => {
  expect(Object.keys(row.undefinedBecause).sort(), `${row.id}: reasons`).toEqual(unknownPaths(row).sort())
  for (const values of [row, row.current, ...(row.judged ? [row.judged] : [])]) {
    expectDifference(values.scheduleVariance, values.earnedValue, values.plannedValue, `${row.id}: SV = EV - PV`)
    expectDifference(values.costVariance, values.earnedValue, values.actualCost, `${row.id}: CV = EV - AC`)
  }
  const { baseline, added, removed, reestimated, movedIn, movedOut, filled, current } = row.scope
  if (current !== null)
    expect(current, `${row.id}: scope`).toBeCloseTo(
      baseline! + added - removed + reestimated + movedIn - movedOut - filled!,
      6,
    )
  expect(row.items.total, `${row.id}: items`).toBe(row.items.todo + row.items.doing + row.items.done)
  if (row.earnedValue !== null) expect(row.earnedValue).toBeLessThanOrEqual(row.budgetAtCompletion! + 1e-6)
  expectDifference(row.varianceAtCompletion, row.budgetAtCompletion, row.estimateAtCompletion, `${row.id}: VAC`)
  expectDifference(row.estimateToComplete, row.estimateAtCompletion, row.actualCost, `${row.id}: ETC`)
  expect(row.statusBecause, `${row.id}: status`).not.toEqual([])
}

/** What holds of every report, whatever the plan. */
export const expectRules = (report: PlanVariance): void => {
  planVarianceSchema.strict().parse(report)
  for (const row of [...report.rows, report.total]) expectRow(row)
  const top = report.rows.filter((row) => row.parent === null)
  if (top.length === 0) return
  for (const key of ['plannedValue', 'earnedValue', 'actualCost', 'budgetAtCompletion'] as const)
    expectSum(report.total[key], heldOf(top, key), `total ${key}`)
  for (const key of ['total', 'done', 'doing', 'todo', 'dropped', 'unestimated'] as const)
    expectSum(
      report.total.items[key],
      top.map((row) => row.items[key]),
      `total items.${key}`,
    )
  for (const key of ['added', 'removed', 'reestimated', 'movedIn', 'movedOut', 'done'] as const)
    expectSum(
      report.total.scope[key],
      top.map((row) => row.scope[key]),
      `total scope.${key}`,
    )
  expectSum(
    report.total.hours.logged,
    top.map((row) => row.hours.logged),
    'total hours',
  )
  for (const row of report.rows) {
    const children = report.rows.filter((child) => child.parent === row.id)
    for (const child of children) {
      expect(child.level).toBe(row.level + 1)
      expect(report.rows.indexOf(child)).toBeGreaterThan(report.rows.indexOf(row))
    }
    const within = children.reduce((sum, child) => sum + (child.budgetAtCompletion ?? 0), 0)
    if (row.budgetAtCompletion !== null) expect(row.budgetAtCompletion).toBeGreaterThanOrEqual(within - 1e-6)
    expect(row.items.total).toBeGreaterThanOrEqual(children.reduce((sum, child) => sum + child.items.total, 0))
  }
}

/** A phase that holds nothing at all does not make a sum unknown. */
const heldOf = (
  rows: readonly PlanVarianceRow[],
  key: 'plannedValue' | 'earnedValue' | 'actualCost' | 'budgetAtCompletion',
): readonly (number | null)[] =>
  rows.filter((row) => row[key] !== null || row.budgetAtCompletion !== 0 || row.items.total > 0).map((row) => row[key])
