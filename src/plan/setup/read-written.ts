import type { z } from 'zod'
import { type Finding, type Path, valueAt } from './places.ts'
import { type WrittenSetup, setupSchema } from './schema.ts'

/** What could be understood of a set-up, and what could not. */
export interface ReadSetup {
  readonly findings: readonly Finding[]
  /** Everything that is well formed; what is not was left out. */
  readonly written: WrittenSetup
  /** The path in the file of a path in `written`: list positions shift where entries were left out. */
  readonly originalPath: (path: Path) => Path
}

/**
 * Holds raw values against the format. All that is wrong is found in one go: what is malformed is cut out and the rest
 * read again, so that the checks between parts still run.
 *
 * @param broken paths whose value is already known to be wrong; nothing more is said of them
 */
export const readWritten = (raw: unknown, broken: readonly Path[]): ReadSetup => {
  const origins = new WeakMap<object, number[]>()
  let rest = copy(raw, origins)
  let findings: readonly Finding[] | null = null
  for (;;) {
    const result = setupSchema.safeParse(rest)
    if (result.success)
      return { findings: findings ?? [], written: result.data, originalPath: (path) => original(rest, path, origins) }
    const issues = flatten(result.error.issues, [], rest)
    findings ??= issues.filter(({ path }) => !broken.some((known) => isWithin(path, known)))
    rest = cut(rest, issues, origins)
  }
}

/** Zod's issues as findings; of a union, those of the one branch that was meant. */
const flatten = (issues: readonly z.core.$ZodIssue[], base: Path, root: unknown): Finding[] =>
  issues.flatMap((issue): Finding[] => {
    const path = [...base, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      const messages = issue.message.split('\n')
      return issue.keys.map((key, index) => ({ path: [...path, key], message: messages[index] ?? '', of: 'key' }))
    }
    if (issue.code === 'invalid_key') {
      const message = issue.issues[0]?.message ?? issue.message
      return [{ path, message: `${JSON.stringify(path.at(-1))}: ${message}`, of: 'key' }]
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const meant = issue.errors.filter((branch) => !branch.some(isOtherKind))
      if (meant.length === 1) return flatten(meant[0]!, path, root)
    }
    return [{ path, message: sentence(issue, valueAt(root, path)) }]
  })

/** The value is of another kind than this branch of a union reads. */
const isOtherKind = (issue: z.core.$ZodIssue): boolean =>
  issue.path.length === 0 &&
  (issue.code === 'invalid_type' ||
    (issue.code === 'invalid_union' && issue.errors.every((branch) => branch.some(isOtherKind))))

const sentence = (issue: z.core.$ZodIssue, value: unknown): string => {
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_union') return issue.message
  if (value === undefined || value === null) return `is missing; ${issue.message}`
  return `${kindOf(value)} stands here; ${issue.message}`
}

const kindOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
      ? 'a map'
      : typeof value === 'boolean'
        ? 'true or false'
        : typeof value === 'number'
          ? 'a number'
          : 'text'

const isWithin = (path: Path, outer: Path): boolean =>
  outer.length <= path.length && outer.every((step, index) => String(step) === String(path[index]))

const copy = (node: unknown, origins: WeakMap<object, number[]>): unknown => {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) {
    const list: unknown[] = node.map((item) => copy(item, origins))
    origins.set(
      list,
      list.map((_, index) => index),
    )
    return list
  }
  const map: Record<string, unknown> = Object.create(null)
  for (const [key, value] of Object.entries(node)) map[key] = copy(value, origins)
  return map
}

/** Takes out what each issue is about; where that is missing, or is the whole, what holds it. */
const cut = (root: unknown, issues: readonly Finding[], origins: WeakMap<object, number[]>): unknown => {
  const doomed = new Map<object, Set<string>>()
  for (const { path } of issues) {
    let target = path
    while (target.length > 0 && valueAt(root, target) == null) target = target.slice(0, -1)
    if (target.length === 0) return Object.create(null)
    const holder = valueAt(root, target.slice(0, -1)) as object
    const keys = doomed.get(holder) ?? new Set()
    doomed.set(holder, keys.add(String(target.at(-1))))
  }
  for (const [holder, keys] of doomed) {
    if (!Array.isArray(holder)) {
      for (const key of keys) delete (holder as Record<string, unknown>)[key]
      continue
    }
    const kept = holder.map((_, index) => index).filter((index) => !keys.has(String(index)))
    const before = origins.get(holder)!
    origins.set(
      holder,
      kept.map((index) => before[index]!),
    )
    holder.splice(0, holder.length, ...kept.map((index) => holder[index]))
  }
  return root
}

const original = (root: unknown, path: Path, origins: WeakMap<object, number[]>): Path => {
  let node = root
  return path.map((step) => {
    const holder = node
    node = valueAt(node, [step])
    return typeof step === 'number' && Array.isArray(holder) ? (origins.get(holder)?.[step] ?? step) : step
  })
}
