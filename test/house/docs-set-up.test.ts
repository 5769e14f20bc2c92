import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { parse, parseDocument } from 'yaml'
import { describe, expect, test } from 'vitest'
import { rateDefaults } from '../../src/plan/setup/check-rates.ts'
import { parseSetup } from '../../src/plan/setup/parse-setup.ts'
import { actualKeys, phaseIds, resolvePlan } from '../../src/plan/setup/resolve-plan.ts'
import { resolveResource } from '../../src/plan/setup/resolve-resource.ts'
import { trackers } from '../../src/trackers/index.ts'
import { documentedFields } from './documented-fields.ts'
import { fieldMaps, formattedJson, setupJsonSchema } from './setup-json-schema.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const environment = { GITHUB_TOKEN: 'token-1', GITHUB_HOOK: 'hook-1', JIRA_TOKEN: 'token-2', JIRA_HOOK: 'hook-2' }
const setUp = read('docs/set-up.md')
const documented = documentedFields(setUp)
const schema = setupJsonSchema(trackers, documented)

describe('docs/set-up.md', () => {
  const known = new Map<string, readonly string[]>([
    ...fieldMaps(schema)
      .filter(({ path }) => !/^(connections|sources)\./.test(path))
      .map(({ path, properties }) => [path, Object.keys(properties)] as const),
    ...trackers.flatMap(({ kind, connectionKeys, sourceKeys }) => [
      // Every connection may have older secrets, whether its tracker names them or not.
      [
        `connections.${kind}`,
        ['tracker', 'url', 'formerWebhookSecrets', ...connectionKeys.map(({ name }) => name)],
      ] as const,
      [`sources.${kind}`, ['connection', ...sourceKeys.map(({ name }) => name)]] as const,
    ]),
  ])

  test('tells every field of every part of a set-up file, and no other', () => {
    const told = [...documented].flatMap(([path, fields]) => fields.map(({ name }) => `${path} ${name}`))
    const existing = [...known].flatMap(([path, names]) => [...new Set(names)].map((name) => `${path} ${name}`))
    expect(existing.length).toBeGreaterThan(100)
    expect({
      missing: existing.filter((field) => !told.includes(field)),
      leftOver: told.filter((field) => !existing.includes(field)),
      twice: told.filter((field, index) => told.indexOf(field) !== index),
    }).toEqual({ missing: [], leftOver: [], twice: [] })
  })

  test('says of every field what to write, what happens without it, and what it does', () => {
    const incomplete = [...documented].flatMap(([path, fields]) =>
      fields
        .filter(({ cells }) => cells.length !== 3 || cells.some((cell) => cell === ''))
        .map(({ name }) => `${path} ${name}`),
    )
    expect(incomplete).toEqual([])
  })

  test('calls needed what the reader calls needed', () => {
    const required = fieldMaps(schema)
      .filter(({ path }) => !/^(connections|sources)\./.test(path))
      .flatMap(({ path, required: names }) => names.map((name) => `${path} ${name}`))
    const needed = [...documented]
      .filter(([path]) => !/^(connections|sources)\./.test(path))
      .flatMap(([path, fields]) =>
        fields.filter(({ cells }) => cells[1] === 'needed').map(({ name }) => `${path} ${name}`),
      )
    expect(needed.toSorted()).toEqual(required.toSorted())
  })

  test('its short examples are YAML', () => {
    const blocks = [...setUp.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block!)
    expect(blocks.length).toBeGreaterThan(5)
    // Some blocks show one key in several ways.
    const faults = blocks.flatMap((block) =>
      parseDocument(block, { uniqueKeys: false }).errors.map(({ message }) => message),
    )
    expect(faults).toEqual([])
  })
})

describe('docs/examples/checkout.yaml', () => {
  const setup = parseSetup([{ name: 'checkout.yaml', text: read('docs/examples/checkout.yaml') }], environment, {
    trackers,
  })

  test('is read without a fault and becomes a plan that the ledger can work with', () => {
    const [plan] = setup.plans
    const defaults = rateDefaults(setup.plans)
    const document = resolvePlan(plan!, {
      resources: setup.resources.map((resource, index) =>
        resolveResource(resource, { no: index + 1, previous: [], today: '2026-03-01', defaults }),
      ),
      phaseNumbers: new Map(phaseIds(plan!).map((id, index) => [id, index + 1])),
      actualSubjects: new Map(actualKeys(plan!).map((key, index) => [key, index + 1])),
    })
    expect(document.phases.map(({ id, level }) => `${level} ${id}`)).toEqual([
      '0 discovery',
      '0 build',
      '1 api',
      '1 shop',
      '0 coordination',
      '0 review',
      '0 rollout',
      '0 launch',
      '0 training',
    ])
    expect(document.calendar.exceptions['2026-03-08'], 'a holiday on a Sunday is no exception').toBeUndefined()
    expect(document.calendar.exceptions['2026-05-01'], 'a holiday of Berlin').toBe(0)
    expect(document.resources.map(({ id, rates }) => [id, rates.length])).toEqual([
      ['ana', 1],
      ['bo', 2],
      ['rig', 1],
    ])
  })

  test('shows every progress technique but those of items finished at once', () => {
    const shown = new Set(setup.plans[0]!.phases.map(({ progress }) => progress.kind))
    expect([...shown].toSorted()).toEqual(
      ['50/50', 'apportioned', 'items', 'level-of-effort', 'manual', 'milestones', 'units'].toSorted(),
    )
  })
})

describe('plumbline.schema.json', () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema)
  const example = (): Record<string, Record<string, Record<string, unknown>>> =>
    parse(read('docs/examples/checkout.yaml'))

  test('accepts the example', () => {
    validate(example())
    expect(validate.errors ?? []).toEqual([])
  })

  test.each([
    ['an unknown field', (file: ReturnType<typeof example>) => (file.plans!.checkout!.phasen = [])],
    ['a word that is no choice', (file: ReturnType<typeof example>) => (file.plans!.checkout!.unit = 'story points')],
    [
      'a tracker that is not known',
      (file: ReturnType<typeof example>) => (file.connections!['acme-jira']!.tracker = 'jyra'),
    ],
  ])('refuses %s', (_, spoil) => {
    const file = example()
    spoil(file)
    expect(validate(file)).toBe(false)
  })

  test('tells choices, and what each field means', () => {
    const phase = fieldMaps(schema).find(({ path }) => path === 'plans.*.phases')!.properties
    expect(JSON.stringify(phase.actualCost)).toContain('["logged","entered","both"]')
    expect(JSON.stringify(phase.progress)).toContain('"level-of-effort"')
    expect(JSON.stringify(phase.size)).toContain('planned scope before the items exist')
  })
})

test('plumbline.schema.json is what the reader of set-up files says: update it with -u', async () => {
  await expect(formattedJson(schema)).toMatchFileSnapshot(join(root, 'plumbline.schema.json'))
})
