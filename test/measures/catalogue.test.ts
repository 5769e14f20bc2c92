import { expect, test } from 'vitest'
import { z } from 'zod'
import * as measures from '../../src/measures/index.ts'
import { rowSchema } from '../../src/reports/shapes/plan-variance.ts'

const { catalogue, measureOf } = measures

/** Key paths of all numbers that a row of the report shows. */
const numbersOf = (schema: z.ZodObject, prefix = ''): string[] =>
  Object.entries(schema.shape).flatMap(([key, field]) => {
    let inner = field as z.ZodType
    while (inner instanceof z.ZodNullable) inner = inner.unwrap() as z.ZodType
    if (inner instanceof z.ZodObject) return numbersOf(inner, `${prefix}${key}.`)
    return inner instanceof z.ZodNumber && prefix + key !== 'level' ? [prefix + key] : []
  })

test('every number of a report row can be explained, and nothing else is in the catalogue', () => {
  const numbers = numbersOf(rowSchema)
  expect(numbers.length).toBeGreaterThan(50)
  for (const path of numbers) expect(measureOf(path), path).not.toBeNull()
  const others = ['expectedFinish', 'critical', 'status']
  expect(catalogue.map(({ id }) => id).filter((id) => !numbers.includes(id))).toEqual(others)
})

test('ids are unique and every text says something', () => {
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length)
  for (const { id, name, symbol, words, formula, source } of catalogue) {
    for (const text of [name, symbol, formula, source]) expect(text.trim(), id).not.toBe('')
    expect(words, id).toMatch(/^[A-Z].{12,}\.$/)
  }
})

test('the period and what is judged are explained by the measure itself', () => {
  expect(measureOf('current.costVariance')?.symbol).toBe('CV')
  expect(measureOf('judged.timePerformanceIndex')?.symbol).toBe('SPI(t)')
  expect(measureOf('judged.share')?.id).toBe('judged.share')
  expect(measureOf('weather')).toBeNull()
})

test('good signs: EVM variances want more, days want less', () => {
  for (const id of ['scheduleVariance', 'costVariance', 'varianceAtCompletion', 'timeVariance'])
    expect(measureOf(id)?.good).toBe('higher')
  expect(measureOf('finishVarianceDays')?.good).toBe('lower')
})

test('the catalogue file gives out the measures themselves', () => {
  expect(measures.scheduleVariance(480, 520)).toEqual({ value: -40, because: null })
  expect(measures.earnedSchedule(25, [10, 20, 40])).toBe(2.25)
})
