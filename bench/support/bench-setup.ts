/** What the benchmarks set up: one connection, one source, one plan of ten phases with a rule each. */

export const PEOPLE = ['ana', 'ben', 'cleo', 'dan', 'eva', 'finn', 'gus', 'hana']
export const MILESTONES = Array.from({ length: 10 }, (_, index) => `Release ${index + 1}`)
export const TOKEN = 'bench-token'
export const WEBHOOK_SECRET = 'bench-webhook-secret'
export const PLAN = 'bench'
export const SOURCE = 'bench'

/** @param address of the stand-in tracker */
export const setupText = (address: string): string => `
connections:
  bench: { tracker: github, url: "${address}", token: ${TOKEN}, webhookSecret: ${WEBHOOK_SECRET} }
sources:
  ${SOURCE}: { connection: bench, repository: acme/bench, startedLabels: [in progress] }
resources:
${PEOPLE.map((name) => `  ${name}: { kind: person, rate: 95/h, accounts: ["github:${name}"] }`).join('\n')}
plans:
  ${PLAN}:
    name: Benchmark
    timezone: Europe/Berlin
    currency: EUR
    unit: points
    calendar: { workdays: mon-fri }
    phases:
${MILESTONES.map(phaseText).join('\n')}
`

function phaseText(milestone: string, index: number): string {
  const month = (number: number) => `${2025 + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
  return `      - id: phase-${index + 1}
        start: ${month(index)}-06
        finish: ${month(index + 6)}-26
        budget: 100000
        map: [{ source: ${SOURCE}, milestone: "${milestone}" }]`
}
