import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  countIssues,
  getBulkChangelogs,
  getCurrentUser,
  getFields,
  getFilter,
  getIssueWorklog,
  getMyPermissions,
  getProject,
  getProjectVersions,
  getStatuses,
  searchAndReconsileIssuesUsingJqlPost,
  searchProjects,
} from 'jira.js/cloud'
import { createClient } from 'jira.js/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createJiraState } from '../../../demo/stand-ins/jira/state.ts'
import { EMAIL, TOKEN, list, sourceOf, standUp } from '../../trackers/jira/stand.ts'
import { type Judge, readContract } from './published-contract.ts'

const contracts = resolve(import.meta.dirname, '../../../../shared/real/contracts')
const PLATFORM = `${contracts}/jira-cloud-platform-v3.openapi.2025-12-25.json.gz`
const AGILE = `${contracts}/jira-software-agile-1.0.openapi.2022-07-17.json.gz`

const at = (day: number) => ({ at: `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z`, by: 'ana' })

/** One issue with everything that an issue can have, and its epic. */
const richSite = () => {
  const state = createJiraState({
    projects: [{ key: 'CORE' }, { key: 'TEAM', teamManaged: true }],
    users: [
      { id: 'ana', displayName: 'Ana K.', email: EMAIL },
      { id: 'ben', displayName: 'Ben L.' },
    ],
    versions: [
      { project: 'CORE', name: '1.0', startDate: '2026-03-02', releaseDate: '2026-04-30' },
      { project: 'CORE', name: '2.0' },
    ],
    filters: [{ id: '10100', jql: 'project = CORE' }],
    boards: [{ id: '7', filter: '10100', estimationField: 'customfield_10026' }],
    accountZone: 'America/St_Johns',
  })
  const epic = state.createIssue({ ...at(1), project: 'CORE', type: 'Epic', summary: 'Checkout' })
  const { key } = state.createIssue({
    ...at(2),
    project: 'CORE',
    summary: 'Pay',
    points: 3,
    fixVersions: ['1.0'],
    labels: ['a'],
    components: ['api'],
    estimateSeconds: 7200,
    due: '2026-03-20',
    sprints: ['Sprint 1'],
    assignee: 'ana',
  })
  state.setPoints(key, 5, at(3))
  state.setParent(key, epic.key, at(3))
  state.setFixVersions(key, ['2.0'], at(4))
  state.setLabels(key, ['a', 'b'], at(4))
  state.setComponents(key, ['web'], at(4))
  state.setSprint(key, ['Sprint 1', 'Sprint 2'], at(5))
  state.assign(key, 'ben', at(5))
  state.setDue(key, null, at(5))
  state.transition(key, 'In Progress', at(6))
  for (let hour = 1; hour <= 25; hour += 1)
    state.logWork(key, { author: 'ben', started: at(7).at, seconds: 3600 }, at(7))
  state.transition(key, 'Done', { ...at(8), resolution: "Won't Do" })
  state.createIssue({ ...at(9), project: 'TEAM', summary: 'Other', points: 2 })
  return state
}

let stand: Awaited<ReturnType<typeof standUp>>
beforeAll(async () => {
  stand = await standUp(richSite())
})
afterAll(() => stand.server.close())

/** Everything that the client does. */
const useAll = async () => {
  const { client } = stand
  await client.identify()
  await client.discover()
  for (const settings of [{ project: 'CORE' }, { jql: 'project = TEAM' }, { filter: '10100' }, { board: '7' }]) {
    const source = sourceOf(settings)
    const { ids, cursor } = await list(client, source, null)
    expect(ids.length).toBeGreaterThan(0)
    await list(client, source, cursor)
    await client.pull(source, ids)
    await client.listMilestones(source)
  }
}

test('every answer of the stand-in has the form that jira.js expects', async () => {
  const client = createClient({
    host: stand.server.url,
    auth: { type: 'basic', email: EMAIL, apiToken: TOKEN },
    onSchemaMismatch: 'throw',
  })
  const { issues } = await searchAndReconsileIssuesUsingJqlPost(client, { jql: 'project = CORE', fields: ['*all'] })
  expect(issues).toHaveLength(2)
  const { issueChangeLogs } = await getBulkChangelogs(client, { issueIdsOrKeys: issues!.map((issue) => issue.id!) })
  expect(issueChangeLogs?.[0]?.changeHistories?.length).toBeGreaterThan(30)
  expect((await getIssueWorklog(client, { issueIdOrKey: 'CORE-2' })).worklogs).toHaveLength(25)
  expect((await getCurrentUser(client)).timeZone).toBe('America/St_Johns')
  expect(await getStatuses(client)).toHaveLength(5)
  expect((await getFields(client)).length).toBeGreaterThan(5)
  expect((await getProject(client, { projectIdOrKey: 'CORE' })).key).toBe('CORE')
  expect(await getProjectVersions(client, { projectIdOrKey: 'CORE' })).toHaveLength(2)
  expect((await searchProjects(client, { expand: 'insight' })).values).toHaveLength(2)
  expect(await countIssues(client, { jql: 'project = CORE' })).toEqual({ count: 2 })
  expect((await getMyPermissions(client, { permissions: 'BROWSE_PROJECTS' })).permissions).toBeDefined()
  expect((await getFilter(client, { id: 10100 })).jql).toBe('project = CORE')
})

test('nothing that the client reads differs from the form that it expects', async () => {
  await useAll()
  expect(stand.logged).toEqual([])
})

if (existsSync(PLATFORM) && existsSync(AGILE))
  describe('by the contracts that Atlassian publishes', () => {
    let platform: Judge
    let agile: Judge
    beforeAll(() => {
      platform = readContract(PLATFORM)
      agile = readContract(AGILE)
    })
    const judge: Judge = (call) => (call.path.startsWith('/rest/agile') ? agile(call) : platform(call))

    test('every call of the client and every answer of the stand-in is right', async () => {
      stand.server.calls.length = 0
      const fresh = stand.connect()
      stand.client = fresh
      await useAll()
      const paths = new Set(stand.server.calls.map((call) => call.path))
      expect(paths.size).toBeGreaterThan(12)
      expect(stand.server.calls.flatMap(judge)).toEqual([])
    })

    test('a wrong call and a wrong answer are found', () => {
      const call = {
        method: 'GET',
        path: '/rest/api/3/myself',
        query: '',
        requestBody: null,
        status: 200,
        responseBody: '{"active":true}',
      }
      expect(judge(call)).toEqual([])
      expect(judge({ ...call, responseBody: '{"active":"yes"}' })).toHaveLength(1)
      expect(judge({ ...call, responseBody: '{"activ":true}' })).toHaveLength(1)
      expect(judge({ ...call, query: '?expnad=groups' })).toHaveLength(1)
      expect(judge({ ...call, path: '/rest/api/3/myselff' })).toHaveLength(1)
    })
  })
else process.stdout.write("left out: Jira stand-in against Atlassian's OpenAPI (no contracts beside the checkout)\n")
