import { expect, test } from 'vitest'
import { samplePortfolio } from '../../../demo/sample/portfolio.ts'
import { parseSetup } from '../../../src/plan/setup/parse-setup.ts'
import { trackers } from '../../../src/trackers/index.ts'
import { phaseOf } from './arithmetic.ts'
import { replay } from './replay.ts'
import { allPhases, amountOf, leafPhases, readSetup } from './setup-as-written.ts'

const sample = samplePortfolio({ seed: 1, anchor: '2026-11-22' })
const setup = readSetup(sample.setup)
const plans = Object.entries(setup.plans)

test('the set-up is YAML with two trackers in one plan and no secret in it', () => {
  expect(plans.map(([id]) => id)).toEqual(['checkout', 'data-platform', 'mobile'])
  expect(setup.portfolios.acme!.plans).toEqual(['checkout', 'data-platform', 'mobile'])
  const trackers = allPhases(setup.plans.checkout!.phases)
    .flatMap((phase) => phase.map ?? [])
    .map((rule) => setup.connections[setup.sources[String(rule.source)]!.connection]!.tracker)
  expect(new Set(trackers)).toEqual(new Set(['github', 'jira']))
  for (const connection of Object.values(setup.connections)) {
    expect(connection.token).toMatch(/^\$\{[A-Z_]+\}$/)
    expect(connection.webhookSecret).toMatch(/^\$\{[A-Z_]+\}$/)
    expect(connection.url).toMatch(/^\$\{[A-Z_]+\}$/)
  }
})

test('Plumbline reads the set-up without a complaint', () => {
  const address = 'http://127.0.0.1:4000'
  const environment = {
    GITHUB_URL: address,
    GITHUB_MOBILE_URL: address,
    GITHUB_TOKEN: 'token',
    GITHUB_HOOK: 'a secret of the hooks',
    JIRA_URL: address,
    JIRA_TOKEN: 'token',
    JIRA_HOOK: 'a secret of the hooks',
  }
  const understood = parseSetup([{ name: 'sample.yaml', text: sample.setup }], environment, { trackers })
  expect(understood.plans.map(({ id }) => id)).toEqual(plans.map(([id]) => id))
  expect(understood.sources).toHaveLength(5)
})

test.each(plans)('%s names only phases, people, sources and items that exist', (_, plan) => {
  const phases = allPhases(plan.phases)
  const ids = phases.map((phase) => phase.id)
  const keys = new Set([...replay(sample.events).items.values()].map((item) => item.key))
  expect(new Set(ids).size).toBe(ids.length)
  expect(leafPhases(plan).length).toBeGreaterThanOrEqual(5)
  expect(phases.some((phase) => phase.phases !== undefined)).toBe(true)
  expect(plan.objectives.length).toBeGreaterThan(0)
  expect(plan.stakeholders.length).toBeGreaterThan(0)
  for (const { owner } of phases) expect(Object.keys(setup.resources)).toContain(owner)
  for (const { resource, phase } of plan.allocations) {
    expect(Object.keys(setup.resources)).toContain(resource)
    expect(ids).toContain(phase)
  }
  for (const { phase, owner, mitigation } of plan.risks) {
    expect(ids).toContain(phase)
    expect(Object.keys(setup.resources)).toContain(owner)
    for (const key of mitigation) expect(keys).toContain(key)
  }
  for (const phase of phases) {
    for (const link of phase.after ?? []) expect(ids).toContain(link.phase)
    for (const objective of phase.objectives ?? []) expect(plan.objectives.map(({ id }) => id)).toContain(objective)
    for (const { tracker } of phase.milestones ?? [])
      if (tracker) expect(Object.keys(setup.sources)).toContain(tracker.source)
    expect(phase.start < phase.finish).toBe(true)
  }
})

test.each(plans)('%s finishes two to three months after the anchor', (_, plan) => {
  const finish = allPhases(plan.phases)
    .map((phase) => phase.finish)
    .sort()
    .at(-1)!
  const days = (Date.parse(finish) - Date.parse(sample.anchor)) / 86_400_000
  expect(days).toBeGreaterThanOrEqual(55)
  expect(days).toBeLessThanOrEqual(92)
})

test('rules of many kinds and every kind of progress that a plan needs are shown', () => {
  const phases = plans.flatMap(([, plan]) => allPhases(plan.phases))
  const kinds = new Set(phases.flatMap((phase) => phase.map ?? []).flatMap((rule) => Object.keys(rule)))
  expect(kinds).toEqual(new Set(['source', 'milestone', 'epic', 'label', 'component', 'type', 'key', 'title']))
  const techniques = new Set(phases.map((phase) => phase.progress ?? 'items'))
  expect(techniques).toEqual(new Set(['items', 'units', 'level-of-effort', 'milestones', '50/50', 'manual']))
  const spreads = new Set(phases.map((phase) => (typeof phase.budget === 'object' ? phase.budget.spread : 'linear')))
  expect(spreads).toEqual(new Set(['linear', 'front', 'back', 'bell']))
})

test('ten to sixteen resources, people with accounts, one of them in both trackers', () => {
  const resources = Object.values(setup.resources)
  const people = resources.filter((resource) => resource.kind === 'person')
  expect(people.length).toBeGreaterThanOrEqual(10)
  expect(people.length).toBeLessThanOrEqual(14)
  expect(resources.some((resource) => resource.kind === 'equipment')).toBe(true)
  expect(people.filter((person) => person.accounts!.length === 2).length).toBeGreaterThan(0)
  expect(people.filter((person) => person.accounts!.length === 0)).toEqual([])
})

test('every phase has work or entered actuals, and some items belong to no phase', () => {
  const world = replay(sample.events)
  for (const [, plan] of plans) {
    const sources = new Set(
      leafPhases(plan)
        .flatMap((phase) => phase.map ?? [])
        .map(({ source }) => setup.sources[String(source)]!),
    )
    const places = [...sources].map((source) => source.repository ?? source.project)
    const items = [...world.items.values()].filter((item) => !item.gone && places.includes(item.container))
    const phases = items.map((item) => phaseOf(setup, plan, item, world))
    const unmapped = phases.filter((phase) => phase === null).length
    expect(unmapped).toBeGreaterThan(2)
    expect(unmapped / items.length).toBeLessThan(0.08)
    for (const phase of leafPhases(plan))
      expect(phases.includes(phase.id) || (phase.actuals ?? []).length > 0).toBe(true)
  }
})

test('money is of the size of its work: hours and invoices, none after the anchor', () => {
  for (const [, plan] of plans)
    for (const phase of leafPhases(plan)) {
      expect(amountOf(phase)).toBeGreaterThan(10_000)
      const actuals = phase.actuals ?? []
      expect(actuals.filter(({ date }) => date >= sample.anchor)).toEqual([])
      expect(actuals.filter(({ cost }) => cost !== undefined && (cost <= 0 || cost > 60_000))).toEqual([])
    }
})

test('each plan has one baseline, frozen shortly after its first day', () => {
  expect(sample.baselines.map(({ plan }) => plan)).toEqual(plans.map(([id]) => id))
  for (const { plan, asOf, reason } of sample.baselines) {
    const start = allPhases(setup.plans[plan]!.phases)
      .map((phase) => phase.start)
      .sort()[0]!
    const days = (Date.parse(asOf) - Date.parse(start)) / 86_400_000
    expect(days).toBeGreaterThan(7)
    expect(days).toBeLessThan(25)
    expect(reason.length).toBeGreaterThan(10)
  }
})
