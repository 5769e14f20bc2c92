import { expect, test } from 'vitest'
import { type Sample, samplePortfolio } from '../../../demo/sample/portfolio.ts'
import { isHoliday } from '../../../demo/sample/working-days.ts'
import { healthOf } from './arithmetic.ts'
import { replay } from './replay.ts'

// A Sunday, days around a turn of the year, a Wednesday in spring.
const samples: readonly Sample[] = [
  { seed: 1, anchor: '2026-11-22' },
  { seed: 2, anchor: '2027-01-04' },
  { seed: 3, anchor: '2027-04-14' },
].map(samplePortfolio)
const cases = samples.map((sample, index) => ({ sample, named: `seed ${index + 1}, anchor ${sample.anchor}` }))

test('the same seed and anchor give the same sample, another seed another one', () => {
  const again = samplePortfolio({ seed: 1, anchor: '2026-11-22' })
  expect(JSON.stringify(again)).toBe(JSON.stringify(samples[0]))
  expect(samplePortfolio({ seed: 4, anchor: '2026-11-22' }).events).not.toEqual(again.events)
})

test('two thirds of a year shift with the anchor, so that the demo is never old', () => {
  for (const { events, anchor, liveFrom } of samples) {
    expect(events.at(-1)!.at < `${anchor}T00:00:00Z`).toBe(true)
    const days = (Date.parse(anchor) - Date.parse(events[0]!.at)) / 86_400_000
    expect(days).toBeGreaterThan(190)
    expect(days).toBeLessThan(205)
    expect(Date.parse(anchor) - Date.parse(liveFrom)).toBeLessThan(28.2 * 86_400_000)
  }
})

test.each(cases)('every event speaks of what exists at that time, in order: $named', ({ sample }) => {
  const world = replay(sample.events)
  const instants = sample.events.map((event) => event.at)
  expect(instants).toEqual([...instants].sort())
  expect(world.items.size).toBeGreaterThanOrEqual(1100)
  expect(world.items.size).toBeLessThanOrEqual(1300)
})

test.each(cases)('everybody acts where they have an account: $named', ({ sample: { events, people } }) => {
  const strangers = events.filter((event) => people.find(({ id }) => id === event.actor)![event.tracker] === null)
  expect(strangers).toEqual([])
})

test.each(cases)('checkout is on track: $named', ({ sample }) => {
  const health = healthOf(sample, 'checkout', sample.anchor)
  expect(health.earnedValue / health.plannedValue).toBeGreaterThan(0.97)
  expect(health.earnedValue / health.plannedValue).toBeLessThan(1.05)
  expect(health.earnedValue / health.actualCost).toBeGreaterThan(0.97)
  expect(health.earnedValue / health.actualCost).toBeLessThan(1.05)
  expect(health.scope.current / health.scope.baseline).toBeLessThan(1.05)
})

test.each(cases)('the data platform keeps its pace, and its scope runs away: $named', ({ sample }) => {
  const health = healthOf(sample, 'data-platform', sample.anchor)
  expect(health.scope.done / health.scope.planned).toBeGreaterThan(0.95)
  expect(health.scope.done / health.scope.planned).toBeLessThan(1.1)
  expect(health.earnedValue / health.plannedValue).toBeGreaterThan(0.88)
  expect(health.earnedValue / health.actualCost).toBeGreaterThan(0.9)
  expect(health.earnedValue / health.actualCost).toBeLessThan(0.97)
  expect(health.scope.current / health.scope.baseline).toBeGreaterThan(1.25)
})

test.each(cases)('the mobile app gets little done of what was planned: $named', ({ sample }) => {
  const health = healthOf(sample, 'mobile', sample.anchor)
  expect(health.earnedValue / health.plannedValue).toBeGreaterThan(0.5)
  expect(health.earnedValue / health.plannedValue).toBeLessThan(0.8)
  expect(health.earnedValue / health.actualCost).toBeGreaterThan(0.8)
  expect(health.earnedValue / health.actualCost).toBeLessThan(0.9)
  expect(health.scope.current / health.scope.baseline).toBeGreaterThan(0.99)
  expect(health.scope.current / health.scope.baseline).toBeLessThan(1.05)
})

test.each(cases)('the scope of the data platform grows month after month: $named', ({ sample }) => {
  const before = (weeks: number): string =>
    new Date(Date.parse(sample.anchor) - weeks * 604_800_000).toISOString().slice(0, 10)
  const scopes = [20, 16, 12, 8, 4, 0].map((weeks) => healthOf(sample, 'data-platform', before(weeks)).scope.current)
  expect(scopes.slice(1).map((scope, month) => scope > scopes[month]!)).toEqual([true, true, true, true, true])
})

test.each(cases)('nearly nothing happens on days off, and nothing at night: $named', ({ sample: { events } }) => {
  const local = events.map(({ at }) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' }).format(
      new Date(at),
    ),
  )
  const offDays = local.filter(
    (text) => new Date(text.slice(0, 10)).getUTCDay() % 6 === 0 || isHoliday(text.slice(0, 10)),
  )
  expect(offDays.length / events.length).toBeLessThan(0.02)
  expect(local.filter((text) => text.slice(11) < '08:00' || text.slice(11) > '21:00')).toEqual([])
})

test.each(cases)('nobody logs more hours than a week holds: $named', ({ sample }) => {
  const { logged } = replay(sample.events)
  const weeks = new Map<string, number>()
  for (const entry of logged) {
    const week = Math.floor((Date.parse(entry.startedAt) / 86_400_000 + 3) / 7)
    weeks.set(`${entry.person} ${week}`, (weeks.get(`${entry.person} ${week}`) ?? 0) + entry.seconds / 3600)
  }
  expect(logged.length).toBeGreaterThan(300)
  expect(Math.max(...weeks.values())).toBeLessThanOrEqual(45)
  expect(logged.filter(({ seconds }) => seconds < 900 || seconds > 14 * 3600)).toEqual([])
})

test.each(cases)('the live weeks are busy enough to watch: $named', ({ sample: { events, liveFrom } }) => {
  const weeks = [0, 0, 0, 0, 0]
  for (const { at } of events)
    if (at >= liveFrom) weeks[Math.floor((Date.parse(at) - Date.parse(liveFrom)) / 604_800_000)]! += 1
  const all = weeks.reduce((sum, count) => sum + count, 0)
  expect(all / 4).toBeGreaterThan(40)
  expect(all / 4).toBeLessThan(70)
  expect(Math.min(...weeks.slice(0, 4))).toBeGreaterThan(15)
})

test.each(cases)('titles are titles: each once, none with a gap left open: $named', ({ sample: { events } }) => {
  const titles = events.flatMap((event) => (event.kind === 'create' ? [event.title] : []))
  expect(titles.length - new Set(titles).size).toBe(0)
  expect(
    titles.filter((title) => !/^[\p{Lu}]/u.test(title) || /[{}]|undefined|\s{2}/.test(title) || title.length > 90),
  ).toEqual([])
})

test.each(cases)('there is every kind of untidiness to be shown: $named', ({ sample: { events, people } }) => {
  const world = replay(events)
  const items = [...world.items.values()]
  const count = (kind: string): number => events.filter((event) => event.kind === kind).length
  const counts = {
    unestimated: items.filter((item) => item.points === null && item.type !== 'Epic').length,
    dropped: events.filter((event) => event.kind === 'drop' && event.reason === 'not-planned').length,
    duplicates: events.filter((event) => event.kind === 'drop' && event.reason === 'duplicate').length,
    reopened: count('reopen'),
    stillOpenAgain: items.filter(
      (item) => item.state !== 'done' && events.some((event) => event.kind === 'reopen' && event.item === item.ref),
    ).length,
    deleted: items.filter((item) => item.gone).length,
    moved: count('move'),
    reparented: count('setParent'),
    refiled: count('setMilestone'),
    renamed: count('rename'),
    reestimated: count('estimate'),
    unratedEntries: world.logged.filter((entry) => people.find(({ id }) => id === entry.person)!.rate === null).length,
  }
  for (const [kind, found] of Object.entries(counts))
    if (kind !== 'stillOpenAgain')
      expect({ kind, found }).toEqual({ kind, found: expect.toSatisfy((n: number) => n > 0) })
  expect(counts.unestimated).toBeLessThan(150)
  expect(counts.deleted).toBe(2)
  expect(counts.moved).toBe(2)
  expect(counts.unratedEntries).toBeLessThanOrEqual(3)
})
