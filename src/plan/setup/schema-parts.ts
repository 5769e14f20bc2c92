import { z } from 'zod'
import { didYouMean } from './nearest.ts'
import { id, text } from './scalars.ts'

/** Keys that people look for in the file but that live elsewhere. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  baseline: 'baselines are frozen with `plumbline baseline PLAN --reason TEXT`, they are not written in the file',
  baselines: 'baselines are frozen with `plumbline baseline PLAN --reason TEXT`, they are not written in the file',
  '<<': 'merge keys are not part of YAML 1.2; write the keys out or use an alias for the whole value',
}

/** A map with known keys. Each unknown key is one line of the message, in the order of the issue's `keys`. */
export const keys = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? (issue.keys as string[]).map((key) => unknownKey(key, Object.keys(shape))).join('\n')
        : `write a map with ${Object.keys(shape).join(', ')}`,
  })

export const unknownKey = (key: string, known: readonly string[]): string =>
  `unknown field ${JSON.stringify(key)}${Object.hasOwn(ELSEWHERE, key) ? `; ${ELSEWHERE[key]}` : didYouMean(key, known)}`

export const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item, { error: 'write a list, one entry per line with "- " or in [ ]' })
    .nullish()
    .transform((value) => value ?? [])

export const named = <T extends z.ZodType>(value: T) =>
  z
    .record(id, value, { error: 'write a map from id to what it is' })
    .nullish()
    .transform((map) => map ?? {})

export const anyOf = z
  .union([text, z.array(text).min(1, { error: 'the list is empty; leave the key out' })], {
    error: 'write text or a list of texts; numbers need quotes',
  })
  .nullish()
  .transform((value) => (value == null ? undefined : typeof value === 'string' ? [value] : value))
