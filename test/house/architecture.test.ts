import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Which rooms a room may import. `trackers/tracker` is the port alone. */
const ROOMS: Record<string, readonly string[] | 'everything'> = {
  'src/model': [],
  'src/ledger': ['src/model'],
  'src/measures': ['src/model'],
  'src/files': ['src/model'],
  'src/trackers': ['src/model'],
  'src/store': ['src/model'],
  'src/settle': ['src/model', 'src/ledger', 'src/store'],
  'src/identity': ['src/model', 'src/store', 'src/settle'],
  'src/sync': ['src/model', 'src/store', 'src/settle', 'src/trackers/tracker'],
  'src/reports': ['src/model', 'src/ledger', 'src/measures', 'src/store'],
  'src/plan': ['src/model', 'src/ledger', 'src/measures', 'src/files', 'src/store', 'src/settle', 'src/reports'],
  'src/access': ['src/model', 'src/store'],
  'src/messages': ['src/model', 'src/reports', 'src/access', 'src/files', 'src/store', 'web'],
  'src/http': [
    'src/model',
    'src/access',
    'src/sync',
    'src/identity',
    'src/plan',
    'src/reports',
    'src/messages',
    'src/files',
    'web',
    'src/store',
    'src/trackers/tracker',
  ],
  'src/jobs': [
    'src/model',
    'src/sync',
    'src/settle',
    'src/identity',
    'src/plan',
    'src/reports',
    'src/messages',
    'src/access',
    'src/store',
  ],
  'src/runtime': 'everything',
  web: ['src/model', 'src/reports/shapes'],
  demo: ['src/model'],
}

/** Where each vendor package is at home. A package that is not listed may not be imported at all. */
const HOMES: Record<string, readonly string[]> = {
  hono: ['src/http', 'src/runtime', 'web', 'demo'],
  '@hono/node-server': ['src/runtime', 'demo'],
  '@hono/zod-openapi': ['src/http'],
  octokit: ['src/trackers/github'],
  '@octokit/core': ['src/trackers/github'],
  '@octokit/request': ['src/trackers/github'],
  '@octokit/graphql': ['src/trackers/github'],
  '@octokit/request-error': ['src/trackers/github'],
  '@octokit/types': ['src/trackers/github'],
  '@octokit/webhooks-methods': ['src/trackers/github'],
  'jira.js': ['src/trackers/jira'],
  'drizzle-orm': ['src/store'],
  postgres: ['src/store'],
  '@electric-sql/pglite': ['src/store'],
  'chart.js': ['web/islands'],
  yaml: ['src/plan/setup', 'src/plan/draft'],
  zod: ['src/reports/shapes', 'src/plan/setup', 'src/plan/draft', 'src/http', 'src/trackers'],
  'temporal-polyfill': ['src/model'],
  'date-holidays': ['src/plan/setup'],
  pino: ['src/runtime'],
  commander: ['src/runtime/cli'],
  'csv-stringify': ['src/files', 'src/runtime/cli'],
}

const files = ['src', 'web', 'demo'].flatMap((folder) => list(join(root, folder)))

test('every source file lives in a room', () => {
  const homeless = files.map(name).filter((file) => roomOf(file) === null)
  expect(homeless).toEqual([])
})

test('rooms import only the rooms that they may', () => {
  const trespasses: string[] = []
  for (const file of files) {
    const room = roomOf(name(file))!
    const allowed = ROOMS[room]!
    if (allowed === 'everything') continue
    for (const target of imports(file).filter((specifier) => specifier.startsWith('.'))) {
      const imported = name(resolve(dirname(file), target))
      if (imported.startsWith(`${room}/`)) continue
      const permitted = allowed.some((other) => imported.startsWith(`${other}/`) || imported === `${other}.ts`)
      if (!permitted) trespasses.push(`${name(file)} imports ${imported}`)
    }
  }
  expect(trespasses).toEqual([])
})

test('no tracker knows a sibling', () => {
  const trespasses = files
    .filter((file) => /^src\/trackers\/[^/]+\//.test(name(file)))
    .flatMap((file) =>
      imports(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => name(resolve(dirname(file), specifier)))
        .filter((target) => target.startsWith('src/trackers/') && target !== 'src/trackers/tracker.ts')
        .filter((target) => target.split('/')[2] !== name(file).split('/')[2])
        .map((target) => `${name(file)} imports ${target}`),
    )
  expect(trespasses).toEqual([])
})

test('only the runtime picks trackers from their list', () => {
  const others = files
    .filter((file) => !name(file).startsWith('src/runtime/'))
    .filter((file) => imports(file).some((specifier) => specifier.endsWith('trackers/index.ts')))
  expect(others.map(name)).toEqual([])
})

test('every vendor package is used only at home', () => {
  const strays: string[] = []
  for (const file of files)
    for (const specifier of imports(file)) {
      if (specifier.startsWith('.') || specifier.startsWith('node:') || specifier.startsWith('cloudflare:')) continue
      const vendor = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')
      const homes = HOMES[vendor]
      if (!homes?.some((home) => name(file).startsWith(`${home}/`))) strays.push(`${name(file)} imports ${specifier}`)
    }
  expect(strays).toEqual([])
})

test('the environment, the clock and randomness are asked only at the entrances', () => {
  const MACHINE = /\bprocess\.env\b|\bDate\.now\(\)|\bnew Date\(\)|\bMath\.random\(\)|\bcrypto\.randomUUID\(\)/
  const askers = files
    .filter((file) => !name(file).startsWith('src/runtime/') && !name(file).startsWith('web/islands/'))
    .filter((file) => !name(file).startsWith('demo/'))
    .filter((file) => MACHINE.test(readFileSync(file, 'utf8')))
  expect(askers.map(name)).toEqual([])
})

test('modules form no cycle', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      imports(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolve(dirname(file), specifier)),
    ]),
  )
  expect(cyclesIn(graph).map((cycle) => cycle.map(name).join(' -> '))).toEqual([])
})

function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>()
  const path: string[] = []
  const cycles: string[][] = []
  const visit = (file: string): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file])
    if (done.has(file) || path.includes(file)) return
    path.push(file)
    for (const next of graph.get(file) ?? []) visit(next)
    path.pop()
    done.add(file)
  }
  for (const file of graph.keys()) visit(file)
  return cycles
}

function list(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

function name(file: string): string {
  return relative(root, file).split(sep).join('/')
}

function roomOf(file: string): string | null {
  return Object.keys(ROOMS).find((room) => file.startsWith(`${room}/`)) ?? null
}

/** Module specifiers that survive compilation or name a type: both count. */
function imports(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3]!)
}
