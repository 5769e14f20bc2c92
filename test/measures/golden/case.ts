import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { expect } from 'vitest'
import { close } from '../numbers.ts'

/** A published case: inputs, expected numbers and how close they must come. */
export interface GoldenCase {
  readonly id: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly expected: Readonly<Record<string, unknown>>
  readonly tolerance: { readonly abs?: number; readonly rel?: number }
  readonly [more: string]: unknown
}

/** A kind of case that is built: recognised by the keys of its inputs and expectations. */
export interface GoldenKind {
  readonly name: string
  readonly fits: (found: GoldenCase) => boolean
  readonly check: (found: GoldenCase) => void
}

const folder = new URL('../../../../shared/golden/', import.meta.url)

export const goldenFiles = (): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []

export const goldenCases = (file: string): readonly GoldenCase[] =>
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')).cases

export const has = (record: Readonly<Record<string, unknown>>, ...keys: readonly string[]): boolean =>
  keys.every((key) => key in record)

/** Compares numbers (or `null`, text, lists) deeply, within the case's tolerance. */
export const agree = (actual: unknown, expected: unknown, found: GoldenCase, path = ''): void => {
  if (typeof expected === 'number' && typeof actual === 'number') {
    const { abs = 1e-9, rel = 1e-9 } = found.tolerance
    const near = Math.abs(actual - expected) <= Math.max(abs, 1e-9) || close(actual, expected, rel)
    expect(near, `${found.id} ${path}: ${actual} should be ${expected}`).toBe(true)
  } else if (typeof expected === 'object' && expected !== null && !Array.isArray(expected)) {
    for (const [key, value] of Object.entries(expected))
      agree((actual as Record<string, unknown>)?.[key], value, found, `${path}.${key}`)
  } else if (Array.isArray(expected)) {
    expect((actual as unknown[])?.length, `${found.id} ${path}`).toBe(expected.length)
    for (const [index, value] of expected.entries())
      agree((actual as unknown[])[index], value, found, `${path}[${index}]`)
  } else expect(actual, `${found.id} ${path}`).toEqual(expected)
}
