import { Fault } from '../../model/fault.ts'
import { type Zone, isZone } from '../../model/zone.ts'
import type { ConnectTools } from '../tracker.ts'
import type { JiraApi } from './api.ts'
import { type SourceFields, chooseFields, readFields } from './field-candidates.ts'
import { type RawIssue, at, listOf, textOf } from './raw.ts'
import type { JiraSource } from './settings.ts'
import { type StatusBook, emptyStatusBook, learnStatus } from './states.ts'

/** What a site says about itself is asked again after an hour: statuses, fields, the account's time zone. */
const SITE_MS = 3_600_000

/** Answers about the site that many pulls share. */
export const rememberSite = (api: JiraApi, tools: ConnectTools) => {
  const answers = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>()
  const remember = <T>(name: string, ask: () => Promise<T>): Promise<T> => {
    const now = tools.now().getTime()
    const known = answers.get(name)
    if (known && known.until > now) return known.answer as Promise<T>
    const answer = ask()
    answers.set(name, { until: now + SITE_MS, answer })
    // A failure is told to those who wait for it and then forgotten.
    answer.catch(() => answers.delete(name))
    return answer
  }
  const knownKeys = new Map<string, string>()

  return {
    /** Project keys of today by the key or id in the settings: a renamed project is found under its old key. */
    knownKeys,
    zone: (): Promise<Zone | null> =>
      remember('zone', async () => {
        const zone = at(await api.myself(), 'timeZone')
        return typeof zone === 'string' && isZone(zone) ? zone : null
      }),
    statuses: (): Promise<StatusBook> =>
      remember('statuses', async () => {
        const book = emptyStatusBook()
        for (const status of listOf(await api.statuses())) learnStatus(book, status)
        return book
      }),
    fields: async (source: JiraSource): Promise<SourceFields> => {
      const fields = chooseFields(readFields(await remember('fields', () => api.fields())), source)
      const estimated =
        source.scope.by === 'board' && source.storyPoints === 'auto' ? await boardEstimate(source.scope.no) : null
      const points = fields.points.find((field) => field.id === estimated)
      return points ? { ...fields, points: [points] } : fields
    },
    scope: async ({ scope }: JiraSource): Promise<{ readonly jql: string; readonly projects: readonly string[] }> => {
      if (scope.by === 'project')
        return {
          jql: `project = ${/^\d+$/.test(scope.project) ? scope.project : `"${scope.project}"`}`,
          projects: [scope.project],
        }
      if (scope.by === 'jql') return { jql: scope.jql, projects: projectsNamedIn(scope.jql) }
      const filter = scope.by === 'filter' ? scope.no : String(at(at(await board(scope.no), 'filter'), 'id'))
      const jql = at(await remember(`filter ${filter}`, () => api.filter(filter)), 'jql')
      return { jql: `filter = ${filter}`, projects: projectsNamedIn(typeof jql === 'string' ? jql : '') }
    },
    /** The id of a source's project: from an issue that is in it, else by asking, which also finds it after a rename. */
    projectId: async (project: string, issues: readonly RawIssue[]): Promise<string | null> => {
      if (/^\d+$/.test(project)) return project
      const inIt = issues.find(
        (issue) => textOf(at(issue.fields.project, 'key')).toLowerCase() === project.toLowerCase(),
      )
      if (inIt) return String(at(inIt.fields.project, 'id'))
      if (issues.length === 0) return null
      try {
        const found = await remember(`project ${project}`, () => api.project(project))
        knownKeys.set(project.toLowerCase(), textOf(at(found, 'key')))
        return String(at(found, 'id'))
      } catch (fault) {
        if (fault instanceof Fault && fault.kind === 'notFound') return null
        throw fault
      }
    },
  }

  function board(no: string): Promise<unknown> {
    return remember(`board ${no}`, () => api.boardConfiguration(no))
  }
  async function boardEstimate(no: string): Promise<unknown> {
    return at(at(at(await board(no), 'estimation'), 'field'), 'fieldId')
  }
}

/** Project keys that a query names: `project = CORE`, `project in (CORE, "WEB")`. */
const projectsNamedIn = (jql: string): string[] => {
  const keys = new Set<string>()
  for (const [, one, many] of jql.matchAll(/\bproject\s*(?:=\s*("?[\w]+"?)|in\s*\(([^)]*)\))/gi))
    for (const key of (many ?? one ?? '').split(',')) if (/\w/.test(key)) keys.add(key.replace(/["'\s]/g, ''))
  return [...keys]
}
