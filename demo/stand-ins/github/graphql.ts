/**
 * A small GraphQL executor: one query operation, variables, aliases, arguments, inline fragments. Values are plain
 * objects with `__typename`; a field that takes arguments is a function of them. What a type does not have is refused in
 * GitHub's words.
 */
export interface GraphqlAnswer {
  readonly data?: unknown
  readonly errors?: readonly GraphqlError[]
}

export interface GraphqlError {
  readonly type?: string
  readonly path?: readonly (string | number)[]
  readonly message: string
}

export type Arguments = Readonly<Record<string, unknown>>

/** Thrown by a field: becomes an entry of `errors`, and `null` in its place. */
export class FieldError extends Error {
  readonly type: string

  constructor(type: string, message: string) {
    super(message)
    this.type = type
  }
}

export const execute = (query: string, variables: Arguments, root: object): GraphqlAnswer => {
  const errors: GraphqlError[] = []
  try {
    const data = select(parsed(query), root, variables, [], errors)
    return errors.length > 0 ? { data, errors } : { data }
  } catch (error) {
    if (error instanceof RefusedQuery) return { errors: [{ message: error.message }] }
    throw error
  }
}

class RefusedQuery extends Error {}

interface Field {
  readonly kind: 'field'
  readonly alias: string
  readonly name: string
  readonly arguments: Readonly<Record<string, Literal>>
  readonly selection: readonly Selection[] | null
}
interface Fragment {
  readonly kind: 'fragment'
  readonly on: string
  readonly selection: readonly Selection[]
}
type Selection = Field | Fragment
type Literal = { readonly variable: string } | { readonly value: unknown } | { readonly list: readonly Literal[] }

const select = (
  selection: readonly Selection[],
  value: object,
  variables: Arguments,
  path: readonly (string | number)[],
  errors: GraphqlError[],
): Record<string, unknown> => {
  const result: Record<string, unknown> = {}
  const typename = String(Reflect.get(value, '__typename') ?? 'Query')
  for (const part of selection) {
    if (part.kind === 'fragment') {
      if (part.on === typename) Object.assign(result, select(part.selection, value, variables, path, errors))
      continue
    }
    if (!(part.name in value)) throw new RefusedQuery(`Field '${part.name}' doesn't exist on type '${typename}'`)
    const here = [...path, part.alias]
    try {
      const own: unknown = Reflect.get(value, part.name)
      const found: unknown = typeof own === 'function' ? own(valuesOf(part.arguments, variables)) : own
      result[part.alias] = complete(part, found, variables, here, errors)
    } catch (error) {
      if (!(error instanceof FieldError)) throw error
      errors.push({ type: error.type, path: here, message: error.message })
      result[part.alias] = null
    }
  }
  return result
}

const complete = (
  field: Field,
  value: unknown,
  variables: Arguments,
  path: readonly (string | number)[],
  errors: GraphqlError[],
): unknown => {
  if (Array.isArray(value)) {
    return value.map((entry: unknown, index) => {
      if (!(entry instanceof FieldError)) return complete(field, entry, variables, [...path, index], errors)
      errors.push({ type: entry.type, path: [...path, index], message: entry.message })
      return null
    })
  }
  if (typeof value !== 'object' || value === null) return value ?? null
  if (field.selection === null) throw new RefusedQuery(`Field must have selections (field '${field.name}')`)
  return select(field.selection, value, variables, path, errors)
}

const valuesOf = (given: Field['arguments'], variables: Arguments): Arguments =>
  Object.fromEntries(Object.entries(given).map(([name, literal]) => [name, resolved(literal, variables)]))

const resolved = (literal: Literal, variables: Arguments): unknown => {
  if ('variable' in literal) return variables[literal.variable]
  return 'list' in literal ? literal.list.map((entry) => resolved(entry, variables)) : literal.value
}

const cache = new Map<string, readonly Selection[]>()

const parsed = (query: string): readonly Selection[] => {
  const known = cache.get(query)
  if (known) return known
  const selection = parseQuery(query)
  if (cache.size > 100) cache.clear()
  cache.set(query, selection)
  return selection
}

const TOKEN = /"(?:[^"\\]|\\.)*"|\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|[{}()[\]:!$=,]/g

const parseQuery = (query: string): readonly Selection[] => {
  const tokens = query.match(TOKEN)?.filter((token) => token !== ',') ?? []
  let at = 0
  const take = (expected?: string): string => {
    const token = tokens[at]
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new RefusedQuery(`Parse error on "${token ?? 'end of file'}", expected ${expected ?? 'more'}`)
    }
    at += 1
    return token
  }
  const literal = (): Literal => {
    const token = take()
    if (token === '$') return { variable: take() }
    if (token === '[') {
      const list: Literal[] = []
      while (tokens[at] !== ']') list.push(literal())
      take(']')
      return { list }
    }
    if (token.startsWith('"') || /^(-?\d|true$|false$|null$)/.test(token)) return { value: JSON.parse(token) }
    return { value: token }
  }
  const selectionSet = (): readonly Selection[] => {
    take('{')
    const selection: Selection[] = []
    while (tokens[at] !== '}') selection.push(tokens[at] === '...' ? fragment() : field())
    take('}')
    return selection
  }
  const fragment = (): Fragment => {
    take('...')
    take('on')
    return { kind: 'fragment', on: take(), selection: selectionSet() }
  }
  const field = (): Field => {
    const first = take()
    let name = first
    if (tokens[at] === ':') {
      take(':')
      name = take()
    }
    const given: Record<string, Literal> = {}
    if (tokens[at] === '(') {
      take('(')
      while (tokens[at] !== ')') {
        const argument = take()
        take(':')
        given[argument] = literal()
      }
      take(')')
    }
    return {
      kind: 'field',
      alias: first,
      name,
      arguments: given,
      selection: tokens[at] === '{' ? selectionSet() : null,
    }
  }
  while (at < tokens.length && tokens[at] !== '{') at += 1
  return selectionSet()
}
