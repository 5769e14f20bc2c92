import type { JiraIssue, StatusCategory } from './model.ts'
import type { JiraState } from './state.ts'
import { localMinute } from './zone-time.ts'

/** A query as Jira would run it for one account. */
export interface Query {
  readonly matches: (issue: JiraIssue) => boolean
  readonly compare: (a: JiraIssue, b: JiraIssue) => number
  /** False: it would read the whole site, which Cloud refuses. */
  readonly bounded: boolean
}

/** What Jira answers 400 to, in its words. */
export class JqlError extends Error {}

type Test = (issue: JiraIssue) => boolean

/**
 * Parses the part of JQL that people use on projects: `and`, `or`, `not`, brackets, comparisons, `in`, `is empty`,
 * `~`, ORDER BY.
 *
 * @throws JqlError for what Jira would refuse
 */
export const parseJql = (
  jql: string,
  state: JiraState,
  options: { readonly unknownIds: 'refuse' | 'ignore'; readonly now: Date },
): Query => {
  const tokens = tokenise(jql)
  let place = 0
  const peek = (): string | undefined => tokens[place]?.toLowerCase()
  const take = (): string => {
    const token = tokens[place]
    if (token === undefined) throw new JqlError('Error in the JQL Query: The query ended too soon.')
    place += 1
    return token
  }
  const accept = (word: string): boolean => {
    if (peek() !== word) return false
    place += 1
    return true
  }

  const either = (): Test => {
    let test = both()
    while (accept('or')) {
      const [left, right] = [test, both()]
      test = (issue) => left(issue) || right(issue)
    }
    return test
  }
  const both = (): Test => {
    let test = single()
    while (accept('and')) {
      const [left, right] = [test, single()]
      test = (issue) => left(issue) && right(issue)
    }
    return test
  }
  const single = (): Test => {
    if (accept('not')) {
      const test = single()
      return (issue) => !test(issue)
    }
    if (accept('(')) {
      const test = either()
      if (!accept(')')) throw new JqlError("Error in the JQL Query: Expecting ')'.")
      return test
    }
    return clause()
  }
  const clause = (): Test => {
    const field = unquoted(take()).toLowerCase()
    const operator = take().toLowerCase()
    if (operator === 'is') {
      const not = accept('not')
      const word = take().toLowerCase()
      if (word !== 'empty' && word !== 'null') throw new JqlError('Error in the JQL Query: Expecting EMPTY.')
      return (issue) => (valuesOf(field, issue, state).length === 0) !== not
    }
    if (operator === 'in' || (operator === 'not' && accept('in'))) return listTest(field, list(), operator === 'in')
    return compareTest(field, operator, unquoted(take()))
  }
  const list = (): string[] => {
    if (!accept('(')) throw new JqlError("Error in the JQL Query: Expecting '('.")
    const values: string[] = []
    do values.push(unquoted(take()))
    while (accept(','))
    if (!accept(')')) throw new JqlError("Error in the JQL Query: Expecting ')'.")
    return values
  }
  const listTest = (field: string, values: readonly string[], wanted: boolean): Test => {
    check(field, values)
    if (field === 'filter') throw new JqlError("The operator 'in' is not supported by the 'filter' field.")
    const known = new Set(values.flatMap((value) => aliases(field, value, state)))
    return (issue) => valuesOf(field, issue, state).some((value) => known.has(value)) === wanted
  }
  const compareTest = (field: string, operator: string, value: string): Test => {
    if (field === 'created' || field === 'updated') return dateTest(field, operator, value)
    if (field === 'filter') {
      const filter = state.filters.find((one) => one.id === value)
      if (!filter) throw new JqlError(`A value with ID '${value}' does not exist for the field 'filter'.`)
      return parseJql(filter.jql, state, options).matches
    }
    if (operator === '~')
      return (issue) => valuesOf(field, issue, state).some((text) => text.toLowerCase().includes(value.toLowerCase()))
    if (operator !== '=' && operator !== '!=')
      throw new JqlError(`The operator '${operator}' is not supported by the '${field}' field.`)
    return listTest(field, [value], operator === '=')
  }
  const dateTest = (field: 'created' | 'updated', operator: string, value: string): Test => {
    const relative = /^-(\d+)([mhdw])$/.exec(value)
    const bound = relative
      ? options.now.getTime() - Number(relative[1]) * UNITS[relative[2]!]!
      : localMinute(value, state.accountZone)
    if (bound === null)
      throw new JqlError(
        `Date value '${value}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
      )
    const compare = COMPARISONS[operator]
    if (!compare) throw new JqlError(`The operator '${operator}' is not supported by the '${field}' field.`)
    return (issue) => compare(Date.parse(field === 'created' ? issue.createdAt : issue.updatedAt), bound)
  }
  const check = (field: string, values: readonly string[]): void => {
    if (!FIELDS.includes(field))
      throw new JqlError(`Field '${field}' does not exist or you do not have permission to view it.`)
    const missing = values.filter((value) => !exists(field, value, state))
    if (missing.length === 0) return
    if (field === 'project') throw new JqlError(`The value '${missing[0]}' does not exist for the field 'project'.`)
    if (options.unknownIds === 'ignore') return
    if (field === 'id' || field === 'issue')
      throw new JqlError(
        missing.map((id) => `A value with ID '${id}' does not exist for the field '${field}'.`).join(' '),
      )
    if (field === 'key' || field === 'issuekey')
      throw new JqlError(
        missing.map((key) => `An issue with key '${key}' does not exist for field '${field}'.`).join(' '),
      )
  }
  const order = (): Query['compare'] => {
    if (!accept('by')) throw new JqlError("Error in the JQL Query: Expecting 'by'.")
    const parts: Query['compare'][] = []
    do {
      const field = unquoted(take()).toLowerCase()
      const by = ORDERS[field]
      if (!by) throw new JqlError(`Not able to sort using field '${field}'.`)
      const down = peek() === 'desc'
      if (down || peek() === 'asc') take()
      parts.push(down ? (a, b) => by(b, a) : by)
    } while (accept(','))
    return (a, b) => {
      for (const part of parts) {
        const sign = part(a, b)
        if (sign !== 0) return sign
      }
      return 0
    }
  }

  const bounded = tokens.length > 0 && peek() !== 'order'
  const test = bounded ? either() : () => true
  const compare = accept('order') ? order() : ORDERS.id!
  if (place < tokens.length)
    throw new JqlError(`Error in the JQL Query: Expecting operator but got '${tokens[place]}'.`)
  const visible = new Set(state.projects.filter((project) => project.visible).map((project) => project.id))
  return { matches: (issue) => visible.has(issue.projectId) && test(issue), compare, bounded }
}

const tokenise = (jql: string): string[] =>
  jql.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[(),]|[<>!]=|[=<>~]|[^\s(),=<>!~]+/g) ?? []

const unquoted = (token: string): string => (/^["']/.test(token) ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token)

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '>=': (value, bound) => value >= bound,
  '>': (value, bound) => value > bound,
  '<=': (value, bound) => value <= bound,
  '<': (value, bound) => value < bound,
}

const ORDERS: Readonly<Record<string, (a: JiraIssue, b: JiraIssue) => number>> = {
  created: (a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0),
  updated: (a, b) => (a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : 0),
  id: (a, b) => Number(a.id) - Number(b.id),
  key: (a, b) => numberIn(a.key) - numberIn(b.key),
}

const numberIn = (key: string): number => Number(key.slice(key.lastIndexOf('-') + 1))

const FIELDS = [
  'project',
  'id',
  'issue',
  'key',
  'issuekey',
  'issuetype',
  'type',
  'status',
  'statuscategory',
  'resolution',
  'labels',
  'fixversion',
  'component',
  'assignee',
  'parent',
  'summary',
  'text',
  'sprint',
  'filter',
]

const CATEGORY_NAMES: Readonly<Record<StatusCategory, string>> = {
  new: 'To Do',
  indeterminate: 'In Progress',
  done: 'Done',
}

/** Values of a field, as a query may write them: lower case, ids and names. */
const valuesOf = (field: string, issue: JiraIssue, state: JiraState): readonly string[] => {
  const lower = (...values: readonly (string | null | undefined)[]) =>
    values.flatMap((value) => (value ? [value.toLowerCase()] : []))
  switch (field) {
    case 'project':
      return [issue.projectId]
    case 'id':
    case 'issue':
    case 'key':
    case 'issuekey':
      return [issue.id]
    case 'issuetype':
    case 'type':
      return lower(issue.typeId, state.issueTypes.find((type) => type.id === issue.typeId)?.name)
    case 'status':
      return lower(issue.statusId, state.statuses.find((status) => status.id === issue.statusId)?.name)
    case 'statuscategory': {
      const category = state.statuses.find((status) => status.id === issue.statusId)?.category
      return lower(category, category && CATEGORY_NAMES[category])
    }
    case 'resolution':
      return lower(issue.resolution)
    case 'labels':
      return lower(...issue.labels)
    case 'fixversion':
      return lower(
        ...issue.fixVersions,
        ...issue.fixVersions.map((id) => state.versions.find((version) => version.id === id)?.name),
      )
    case 'component':
      return lower(
        ...issue.components,
        ...issue.components.map((id) => state.components.find((component) => component.id === id)?.name),
      )
    case 'assignee':
      return lower(issue.assignee)
    case 'parent':
      return lower(issue.parent, issue.parent && state.issues.get(issue.parent)?.key)
    case 'sprint':
      return lower(...issue.sprints.map((id) => state.sprints.find((sprint) => sprint.id === id)?.name))
    default:
      return lower(issue.summary)
  }
}

/** A written value as `valuesOf` gives it: keys of projects and issues become ids. */
const aliases = (field: string, value: string, state: JiraState): readonly string[] => {
  if (field === 'project')
    return state.projects.filter((project) => names(project).includes(value.toLowerCase())).map((project) => project.id)
  if (['id', 'issue', 'key', 'issuekey'].includes(field)) {
    const found = state.find(value) ?? state.find(value.toUpperCase())
    return found ? [found.id] : []
  }
  return [value.toLowerCase()]
}

const exists = (field: string, value: string, state: JiraState): boolean => {
  if (field === 'project')
    return state.projects.some((project) => project.visible && names(project).includes(value.toLowerCase()))
  if (!['id', 'issue', 'key', 'issuekey'].includes(field)) return true
  const [id] = aliases(field, value, state)
  const found = id === undefined ? undefined : state.issues.get(id)
  return found !== undefined && state.project(found.projectId).visible
}

const names = (project: JiraState['projects'][number]): string[] =>
  [project.id, project.key, project.name, ...project.formerKeys].map((name) => name.toLowerCase())
