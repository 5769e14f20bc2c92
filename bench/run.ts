import { parseArgs } from 'node:util'
import { type BackfillRate, backfillRate } from './questions/backfill.ts'
import { demoSeconds } from './questions/demo.ts'
import { doorRates } from './questions/door.ts'
import { reportLatency } from './questions/report.ts'
import { serviceFigures } from './questions/service.ts'
import { benchDatabases } from './support/databases.ts'
import { median } from './support/median.ts'
import { type Line, printTable } from './support/print-table.ts'
import { startProcess } from './support/start-process.ts'

/** What is asked, and how much of it, is told on the command line; see README.md. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    items: { type: 'string', default: '3000' },
    runs: { type: 'string', default: '3' },
    deliveries: { type: 'string', default: '3000' },
    sizes: { type: 'string', default: '1000,10000' },
  },
})
const questions = ['backfill', 'door', 'report', 'demo']
const asked = positionals.length > 0 ? positionals : questions
const unknown = asked.filter((name) => !questions.includes(name))
if (unknown.length > 0) throw new Error(`bench: no question is named ${unknown}: use ${questions.join(', ')}`)

// Leaving by the door lets the PostgreSQL and the folders go as well.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const runs = Number(values.runs)
const lines: Line[] = []
const databases = await benchDatabases()

if (asked.includes('backfill')) {
  const items = Number(values.items)
  const tracker = await startProcess('tracker.ts', [values.items])
  for (const [kind, limit] of [
    ['postgres', 1000],
    ['pglite', 500],
  ] as const) {
    const rates: BackfillRate[] = []
    for (let run = 0; run <= runs; run += 1) {
      const { store } = await databases.open(kind)
      const rate = await backfillRate(store, tracker.said, items)
      await store.close()
      if (run > 0) rates.push(rate) // The first one warms the tracker up.
    }
    const question = `backfill of ${items} items, ${kind}`
    const perSecond = median(rates.map((rate) => rate.perSecond))
    const perSecondComputed = median(rates.map((rate) => rate.perSecondComputed))
    lines.push({ question, measured: perSecond, unit: 'items/s', against: limit, better: 'more' })
    lines.push({
      question: `the same by computing time of the process, ${kind}`,
      measured: perSecondComputed,
      unit: 'items/CPU s',
      against: null,
      better: 'more',
    })
  }
  await tracker.stop()
}

if (asked.includes('door')) {
  const tracker = await startProcess('tracker.ts', ['150'])
  const terms = { deliveries: Number(values.deliveries), rounds: runs }
  const { plumbline, probot } = await doorRates(databases, tracker.said, terms)
  const question = 'webhook door, stored on PostgreSQL (against probot 14, not stored)'
  lines.push({ question, measured: plumbline, unit: 'deliveries/s', against: probot, better: 'more' })
  await tracker.stop()
}

if (asked.includes('report')) {
  let before: number | null = null
  for (const size of values.sizes.split(',').map(Number)) {
    const tracker = await startProcess('tracker.ts', [String(size)])
    const { store, environment } = await databases.open('postgres')
    await backfillRate(store, tracker.said, size)
    await tracker.stop()
    const latency = await reportLatency(store)
    await store.close()
    const question = `plan report, ${size} items, PostgreSQL (against 1.5 times the size before)`
    const against: number | null = before === null ? null : before * 1.5
    lines.push({ question, measured: latency, unit: 'ms', against, better: 'less' })
    before = latency
    const { pageMilliseconds, peakMegabytes } = await serviceFigures(environment)
    lines.push({
      question: `a plan's page, ${size} items`,
      measured: pageMilliseconds,
      unit: 'ms',
      against: null,
      better: 'less',
    })
    if (peakMegabytes !== null)
      lines.push({
        question: `memory of the service, ${size} items`,
        measured: peakMegabytes,
        unit: 'MB',
        against: null,
        better: 'less',
      })
  }
}

if (asked.includes('demo')) {
  const folder = databases.emptyFolder()
  const seconds = await demoSeconds(folder)
  lines.push({ question: 'demo, start to numbers', measured: seconds, unit: 's', against: 60, better: 'less' })
  const tracker = await startProcess('tracker.ts', ['1000'])
  const { store, environment } = await databases.open('pglite')
  await backfillRate(store, tracker.said, 1000)
  await store.close()
  const { readyAfterSeconds, peakMegabytes } = await serviceFigures(environment)
  await tracker.stop()
  lines.push({
    question: 'serve, start to ready on a folder',
    measured: readyAfterSeconds,
    unit: 's',
    against: 3,
    better: 'less',
  })
  if (peakMegabytes !== null)
    lines.push({
      question: 'memory of the service, embedded, 1000 items',
      measured: peakMegabytes,
      unit: 'MB',
      against: null,
      better: 'less',
    })
}

await databases.close()
printTable(lines)
