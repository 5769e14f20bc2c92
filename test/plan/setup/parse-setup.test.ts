import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Fault, type Problem } from '../../../src/model/fault.ts'
import { parseSetup } from '../../../src/plan/setup/parse-setup.ts'
import type { SetupFile } from '../../../src/plan/setup/setup.ts'
import { environment, trackers } from './trackers.ts'

const checkout = readFileSync(new URL('checkout.yaml', import.meta.url), 'utf8')
const read = (...texts: string[]) => parseSetup(asFiles(texts), environment, { trackers })

const asFiles = (texts: readonly string[]): SetupFile[] =>
  texts.map((text, index) => ({ name: texts.length === 1 ? 'plan.yaml' : `${'abc'[index]}.yaml`, text }))

const problemsOf = (...texts: string[]): readonly string[] => {
  const fault = refusalOf(asFiles(texts))
  return fault.map(({ at, message }) => `${at}: ${message}`)
}

const refusalOf = (files: readonly SetupFile[]): readonly Problem[] => {
  try {
    parseSetup(files, environment, { trackers })
  } catch (error) {
    if (error instanceof Fault && error.kind === 'invalid') return error.problems
    throw error
  }
  return []
}

describe('secrets of a connection', () => {
  const connection = (secrets: string) => `connections: { gh: { tracker: github, token: t, ${secrets} } }`

  test('one former webhook secret may stand without its list', () => {
    const setup = read(connection(`formerWebhookSecrets: "\${GITHUB_HOOK}"`))
    expect(setup.connections[0]).toMatchObject({
      secrets: { token: 't', formerWebhookSecrets: ['github-hook-value'] },
      variables: { formerWebhookSecrets: 'GITHUB_HOOK' },
    })
  })

  test('a list where one secret belongs is refused', () => {
    expect(problemsOf(connection('webhookSecret: [a, b]'))).toEqual([
      `plan.yaml:1:64: connections.gh.webhookSecret: write the name of an environment variable: "\${NAME}"`,
    ])
  })
})

test('days with a hundred thousand blanks between them are read like any others', () => {
  const blanks = ' '.repeat(100_000)
  const [problem] = problemsOf(`plans: { p: { calendar: { workdays: "mon${blanks}x" }, phases: [] } }`)
  expect(problem).toContain('does not name days')
})

describe('a whole set-up file', () => {
  const setup = read(checkout)
  const [plan] = setup.plans

  test('secrets come from the environment and are kept apart from the settings', () => {
    expect(setup.connections[1]).toEqual({
      id: 'acme-jira',
      tracker: 'jira',
      url: 'https://acme.atlassian.net',
      settings: { email: 'pmo@acme.test' },
      secrets: { token: 'jira-token-value', webhookSecret: 'jira-hook-value' },
      variables: { token: 'JIRA_TOKEN', webhookSecret: 'JIRA_HOOK' },
    })
    expect(setup.sources[0]).toEqual({
      id: 'web',
      connection: 'acme-github',
      settings: { repository: 'acme/web', pullRequests: false },
    })
  })

  test('rates say what an hour or a day costs, once or since a day', () => {
    expect(setup.resources.map(({ id, rate, rates }) => ({ id, rate, rates }))).toEqual([
      { id: 'ana', rate: { amount: 95, per: 'h', currency: null }, rates: [] },
      {
        id: 'bo',
        rate: null,
        rates: [
          { from: null, rate: { amount: 80, per: 'h', currency: null } },
          { from: '2026-06-01', rate: { amount: 85, per: 'h', currency: 'EUR' } },
        ],
      },
      { id: 'rig', rate: { amount: 400, per: 'd', currency: null }, rates: [] },
    ])
    expect(setup.resources[0]?.capacityHoursPerDay).toBe(6)
  })

  test('a phase keeps its rules in order, each as lists', () => {
    expect(plan?.phases[1]?.map).toEqual([
      { source: ['web'], milestone: ['v2.0'] },
      { source: ['core'], epic: ['CORE-12'] },
      { source: ['core'], type: ['Bug', 'Defect'], label: ['checkout'], from: '2026-04-01' },
    ])
  })

  test('links, techniques, budgets, entries and declared statuses are read as written', () => {
    const [discovery, build, review, rollout] = plan?.phases ?? []
    expect(discovery).toMatchObject({
      name: 'discovery',
      progress: { kind: '50/50' },
      actualStart: '2026-02-03',
      budget: { amount: 20000, spread: { kind: 'bell' } },
    })
    expect(build).toMatchObject({
      size: 120,
      budget: { amount: 180000, spread: { kind: 'linear' } },
      after: [{ phase: 'discovery', type: 'FS', lagDays: 2 }],
      milestones: [{ id: 'beta', weight: 2, actual: null, tracker: { source: 'web', milestone: 'v2.0-beta' } }],
      actuals: [
        { date: '2026-04-30', cost: 41200, percent: null, units: null, note: 'invoice 17' },
        { date: '2026-04-30', cost: null, percent: 35, units: null, note: null },
      ],
      declared: [{ date: '2026-05-01', status: 'at-risk', comment: 'Payment provider is late' }],
    })
    expect(build?.phases[1]?.budget).toEqual({
      amount: 60000,
      spread: {
        kind: 'periods',
        periods: [
          { until: '2026-05-31', amount: 40000 },
          { until: '2026-06-26', amount: 20000 },
        ],
      },
    })
    expect(review).toMatchObject({
      after: [{ phase: 'build', type: 'FS', lagDays: 0 }],
      progress: { kind: 'apportioned', phase: 'build', factor: 0.1 },
      actualCost: 'entered',
    })
    expect(rollout).toMatchObject({ after: [{ type: 'SS', lagDays: -3 }], progress: { kind: 'units' }, unitsTotal: 40 })
  })

  test('calendar, allocation and risk are read in their units', () => {
    expect(plan?.calendar).toEqual({
      workdays: [true, true, true, true, true, false, false],
      hoursPerDay: 8,
      holidays: 'DE-BE',
      exceptions: { '2026-12-24': 0, '2026-12-31': 4 },
    })
    expect(plan?.allocations).toEqual([{ resource: 'ana', phase: 'build', share: 0.6 }])
    expect(plan?.risks[0]).toMatchObject({ probability: 0.3, impact: { days: 15, cost: 20000 } })
  })

  test('Windows line ends and a byte order mark change nothing', () => {
    expect(read(`\uFEFF${checkout.replaceAll('\n', '\r\n')}`)).toEqual(setup)
  })

  test('the same parts in several files and several documents are the same set-up', () => {
    const cut = checkout.indexOf('plans:')
    expect(read(checkout.slice(0, cut), checkout.slice(cut))).toEqual(setup)
    expect(read(`${checkout.slice(0, cut)}---\n${checkout.slice(cut)}`)).toEqual(setup)
  })

  test('what is there already may be named without repeating it', () => {
    const portfolio = 'portfolios: { all: { plans: [checkout] } }'
    expect(parseSetup(asFiles([portfolio]), {}, { trackers, present: setup }).portfolios).toEqual([
      { id: 'all', name: 'all', plans: ['checkout'] },
    ])
    expect(problemsOf(portfolio)).toEqual([
      'plan.yaml:1:30: portfolios.all.plans[0]: there is no plan "checkout"; there are none yet',
    ])
  })
})

/** A plan whose phase has the given lines. */
const phase = (...lines: string[]): string =>
  [
    'plans:',
    '  p:',
    '    currency: EUR',
    '    phases:',
    '      - id: build',
    ...lines.map((line) => `        ${line}`),
  ].join('\n')

test.each([
  {
    because: 'an unknown field has a nearest right name',
    text: phase('finnish: 2026-05-01'),
    says: ['plan.yaml:6:9: plans.p.phases[0]: unknown field "finnish"; did you mean "finish"?'],
  },
  {
    because: 'each of several unknown fields has its own place',
    text: 'plan: {}\nresourses: {}\n',
    says: [
      'plan.yaml:1:1: unknown field "plan"; did you mean "plans"?',
      'plan.yaml:2:1: unknown field "resourses"; did you mean "resources"?',
    ],
  },
  {
    because: 'baselines do not live in the file',
    text: 'plans: { p: { baselines: [] } }',
    says: [
      'plan.yaml:1:15: plans.p: unknown field "baselines"; baselines are frozen with `plumbline baseline PLAN --reason TEXT`, they are not written in the file',
    ],
  },
  {
    because: 'the day does not exist',
    text: phase('start: 2026-02-30'),
    says: [
      'plan.yaml:6:16: plans.p.phases[0].start: there is no day 2026-02-30; write a day as YYYY-MM-DD, e.g. 2026-03-31',
    ],
  },
  {
    because: 'a day is written in the wrong form',
    text: phase('start: 1.3.2026'),
    says: [
      'plan.yaml:6:16: plans.p.phases[0].start: "1.3.2026" is not a day; write a day as YYYY-MM-DD, e.g. 2026-03-31',
    ],
  },
  {
    because: 'text where a number belongs',
    text: phase('size: "many"'),
    says: ['plan.yaml:6:15: plans.p.phases[0].size: text stands here; write a number without quotes'],
  },
  {
    because: 'a number where text belongs loses its zeros',
    text: phase('map: [{ milestone: 2.0 }]'),
    says: [
      'plan.yaml:6:28: plans.p.phases[0].map[0].milestone: a number stands here; write text or a list of texts; numbers need quotes',
    ],
  },
  {
    because: 'a required key is missing',
    text: 'plans: { p: { phases: [{ name: Build }] } }',
    says: [
      'plan.yaml:1:24: plans.p.phases[0].id is missing; an id is 1 to 64 letters, digits, ".", "_" or "-", beginning with a letter or digit; a number needs quotes',
    ],
  },
  {
    because: 'an id is not one',
    text: 'plans:\n  "my plan": {}\n',
    says: [
      'plan.yaml:2:3: plans: "my plan": an id is 1 to 64 letters, digits, ".", "_" or "-", beginning with a letter or digit',
    ],
  },
  {
    because: 'the currency has a nearest right name',
    text: 'plans: { p: { currency: EURO } }',
    says: [
      'plan.yaml:1:25: plans.p.currency: "EURO" is not a currency; did you mean "EUR"?; write an ISO 4217 code like EUR',
    ],
  },
  {
    because: 'the time zone is misspelt',
    text: 'plans: { p: { timezone: Europe/Berln } }',
    says: [
      'plan.yaml:1:25: plans.p.timezone: "Europe/Berln" is not a time zone; did you mean "Europe/Berlin"?; write one like Europe/Berlin or UTC',
    ],
  },
  {
    because: 'the holiday region is not one',
    text: 'plans: { p: { calendar: { holidays: DE-BER } } }',
    says: ['plan.yaml:1:37: plans.p.calendar.holidays: DE has no holiday region "BER"; did you mean "DE-BE"?'],
  },
  {
    because: 'a day of exceptions does not exist',
    text: 'plans: { p: { calendar: { exceptions: { 2026-11-31: off } } } }',
    says: [
      'plan.yaml:1:41: plans.p.calendar.exceptions: "2026-11-31": there is no day 2026-11-31; write a day as YYYY-MM-DD, e.g. 2026-03-31',
    ],
  },
  {
    because: 'two phases share an id, at any depth',
    text: phase('phases: [{ id: api, phases: [{ id: build }] }]'),
    says: [
      'plan.yaml:6:44: plans.p.phases[0].phases[0].phases[0].id: there are two phases "build" in this plan; give one another id',
    ],
  },
  {
    because: 'a key stands twice',
    text: phase('name: A', 'name: B'),
    says: ['plan.yaml:7:9: "name" stands twice in this map, first at plan.yaml:6:9; keep one'],
  },
  {
    because: 'links, owners, sources and allocations name what is not there',
    text: `resources: { ana: {} }\n${phase('owner: anna', 'after: [{ phase: biuld }]', 'map: [{ source: web }]')}\n    allocations: [{ resource: ana, phase: test, share: 50% }]`,
    says: [
      'plan.yaml:7:16: plans.p.phases[0].owner: there is no resource "anna"; did you mean "ana"?',
      'plan.yaml:8:26: plans.p.phases[0].after[0].phase: there is no phase "biuld"; did you mean "build"?',
      'plan.yaml:9:25: plans.p.phases[0].map[0].source: there is no source "web"; there are none yet',
      'plan.yaml:10:43: plans.p.allocations[0].phase: there is no phase "test"; known: build',
    ],
  },
  {
    because: 'phases wait for each other',
    text: 'plans: { p: { phases: [{ id: a, after: [c] }, { id: b, after: [a] }, { id: c, after: [b] }] } }',
    says: [
      'plan.yaml:1:63: plans.p.phases[1].after: the phases wait for each other: a → c → b → a; take one of these links out',
    ],
  },
  {
    because: 'a child cannot wait for its own parent',
    text: phase('phases: [{ id: api, after: build }]'),
    says: [
      'plan.yaml:6:36: plans.p.phases[0].phases[0].after: the phases wait for each other: build → api → build; take one of these links out',
    ],
  },
  {
    because: 'two apportioned phases earn from each other',
    text: 'plans: { p: { phases: [{ id: a, progress: { apportioned: b } }, { id: b, progress: { apportioned: a } }] } }',
    says: [
      'plan.yaml:1:84: plans.p.phases[1].progress: the phases take their progress from each other: a → b → a; give one of them another technique',
    ],
  },
  {
    because: 'children have more budget and size than their parent',
    text: phase('budget: 100', 'size: 10', 'phases: [{ id: a, budget: 60, size: 11 }, { id: b, budget: 60 }]'),
    says: [
      `plan.yaml:6:17: plans.p.phases[0].budget: the child phases of "build" have a budget of 120 together, more than its own 100; a phase's budget includes its children: raise it or leave it out`,
      `plan.yaml:7:15: plans.p.phases[0].size: the child phases of "build" have a size of 11 together, more than its own 10; a phase's size includes its children: raise it or leave it out`,
    ],
  },
  {
    because: 'percents have bounds',
    text: `resources: { ana: {} }\n${phase('actuals: [{ date: 2026-04-30, percent: 135 }]')}\n    allocations: [{ resource: ana, phase: build, share: 160% }]`,
    says: [
      'plan.yaml:7:48: plans.p.phases[0].actuals[0].percent: write a percent from 0 to 100',
      'plan.yaml:8:57: plans.p.allocations[0].share: write a share from 0% to 100%, e.g. 60% or 0.6',
    ],
  },
  {
    because: 'the finish lies before the start',
    text: phase('start: 2026-03-02', 'finish: 2026-02-27'),
    says: [
      'plan.yaml:7:17: plans.p.phases[0].finish: the finish 2026-02-27 lies before the start 2026-03-02; correct one of them',
    ],
  },
  {
    because: 'a rule without conditions matches everything',
    text: phase('map: [{}]'),
    says: [
      'plan.yaml:6:15: plans.p.phases[0].map[0]: the rule matches every item; name one of source, milestone, epic, parent, label, type, component, sprint, key, title',
    ],
  },
  {
    because: 'budget periods must sum to the amount',
    text: phase('budget: { amount: 100, periods: [{ until: 2026-04-30, amount: 40 }] }'),
    says: [
      'plan.yaml:6:17: plans.p.phases[0].budget: the periods sum to 40, the amount is 100; make them equal or leave the amount out',
    ],
  },
  {
    because: 'money needs a currency',
    text: 'plans: { p: { phases: [{ id: build, budget: 100 }] } }',
    says: [
      'plan.yaml:1:45: plans.p.phases[0].budget: the phase has a budget, but the plan has no currency; add e.g. currency: EUR to the plan',
    ],
  },
  {
    because: 'a rate needs one currency',
    text: 'resources: { ana: { rate: 95/h } }\nplans: { p: { currency: EUR }, q: { currency: USD } }',
    says: [
      'plan.yaml:1:27: resources.ana.rate: the plans use EUR and USD; write the rate with its currency, e.g. 95 EUR/h',
    ],
  },
  {
    because: 'a technique is misspelt',
    text: phase('progress: milestone'),
    says: [
      'plan.yaml:6:19: plans.p.phases[0].progress: "milestone" is not known here; did you mean "milestones"?; write one of items, 0/100, 50/50, milestones, manual, level-of-effort, units',
    ],
  },
  {
    because: 'trackers tell which settings they know and need',
    text: [
      'connections:',
      `  gh: { tracker: githib, token: "\${GITHUB_TOKEN}" }`,
      `  hub: { tracker: github, tokn: "\${GITHUB_TOKEN}" }`,
      `  ok: { tracker: github, token: "\${GITHUB_TOKEN}" }`,
      'sources:',
      '  web: { connection: ok, repo: acme/web }',
      '  app: { connection: okay, repository: acme/app }',
      '  api: { connection: hub, repo: acme/api }',
    ].join('\n'),
    says: [
      'plan.yaml:2:18: connections.gh.tracker: there is no tracker "githib"; did you mean "github"?',
      'plan.yaml:3:8: connections.hub.token is missing; a connection of this tracker needs it',
      'plan.yaml:3:27: connections.hub: unknown field "tokn"; did you mean "token"?',
      'plan.yaml:6:8: sources.web.repository is missing; a source of this tracker needs it',
      'plan.yaml:6:26: sources.web: unknown field "repo"; known: connection, repository, pullRequests',
      'plan.yaml:7:22: sources.app.connection: there is no connection "okay"; known: gh, hub, ok',
      'plan.yaml:8:8: sources.api.repository is missing; a source of this tracker needs it',
      'plan.yaml:8:27: sources.api: unknown field "repo"; known: connection, repository, pullRequests',
    ],
  },
  {
    because: 'what a tracker says of a source is passed on',
    text: `connections: { j: { tracker: jira, url: "https://acme.test", token: "\${JIRA_TOKEN}" } }\nsources: { core: { connection: j } }`,
    says: ['plan.yaml:2:18: sources.core: write a project or a jql'],
  },
  {
    because: 'what a tracker says of a setting stands at that setting',
    text: `connections: { g: { tracker: github, token: "\${GITHUB_TOKEN}" } }\nsources: { web: { connection: g, repository: web } }`,
    says: ['plan.yaml:2:46: sources.web.repository: must be owner/name'],
  },
  {
    because: 'the file is not YAML',
    text: 'plans:\n  p: { name: "x }\n',
    says: ['plan.yaml:3:1: not valid YAML: Missing closing "quote'],
  },
  {
    because: 'an alias has no anchor',
    text: 'plans: *old',
    says: ['plan.yaml:1:8: *old: no such anchor before this line'],
  },
])('refused: $because', ({ text, says }) => {
  expect(problemsOf(text)).toEqual(says)
})

test('everything that is wrong is told at once, in the order of the file', () => {
  const text = [
    'resources:',
    '  ana: { rate: 95 }',
    '  bo: { kind: persn, rate: ten/h }',
    'plans:',
    '  p:',
    '    currency: EUR',
    '    timezone: Mars/Olympus',
    '    phases:',
    '      - { name: Nameless }',
    '      - { id: build, owner: anna, start: 2026-13-01 }',
    '      - { id: test, after: [{ phase: buld, lag: soon }], size: -1 }',
    'portfolios: { all: { plans: [q] } }',
  ].join('\n')
  expect(problemsOf(text).map((problem) => problem.split(': ').slice(0, 2).join(' '))).toEqual([
    'plan.yaml:2:16 resources.ana.rate',
    'plan.yaml:3:15 resources.bo.kind',
    'plan.yaml:3:28 resources.bo.rate',
    'plan.yaml:7:15 plans.p.timezone',
    'plan.yaml:9:9 plans.p.phases[0].id is missing; an id is 1 to 64 letters, digits, ".", "_" or "-", beginning with a letter or digit; a number needs quotes',
    'plan.yaml:10:29 plans.p.phases[1].owner',
    'plan.yaml:10:42 plans.p.phases[1].start',
    'plan.yaml:11:38 plans.p.phases[2].after[0].phase',
    'plan.yaml:11:49 plans.p.phases[2].after[0].lag',
    'plan.yaml:11:64 plans.p.phases[2].size',
    'plan.yaml:12:30 portfolios.all.plans[0]',
  ])
})

describe('the environment', () => {
  test('a variable that is not set is named, and nothing else is said of that value', () => {
    expect(problemsOf(`connections:\n  gh: { tracker: github, url: "\${GH_URL}", token: "\${GH_TOKEN}" }`)).toEqual([
      'plan.yaml:2:31: connections.gh.url: the environment variable GH_URL is not set; set it and apply again',
      'plan.yaml:2:51: connections.gh.token: the environment variable GH_TOKEN is not set; set it and apply again',
    ])
  })

  test('a value never appears in a message', () => {
    const files = [
      { name: 'plan.yaml', text: `plans: { p: { currency: "\${GITHUB_TOKEN}", unit: "x\${JIRA_HOOK}" } }` },
    ]
    const told = refusalOf(files).map(({ message }) => message)
    expect(told).toHaveLength(2)
    expect(told[0]).toContain(`"\${GITHUB_TOKEN}" is not a currency`)
    expect(told.join()).not.toContain(environment.GITHUB_TOKEN)
    expect(told.join()).not.toContain(environment.JIRA_HOOK)
  })

  test('two dollar signs keep the text as it is', () => {
    expect(read(`plans: { p: { name: "costs $\${AMOUNT}" } }`).plans[0]?.name).toBe(`costs \${AMOUNT}`)
  })
})

describe('several files', () => {
  test('the same id twice names both places', () => {
    expect(problemsOf('plans:\n  p: {}\n', 'resources: {}\nplans:\n  q: {}\n  p: {}\n')).toEqual([
      'b.yaml:4:3: plans.p stands twice, first at a.yaml:2:3; keep one or give the other another id',
    ])
  })
})

describe('hostile input', () => {
  test('aliases that multiply are cut off', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let n = 1; n <= 9; n += 1)
      lines.push(
        `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      )
    const began = performance.now()
    const [problem] = problemsOf(lines.join('\n'))
    expect(problem).toMatch(
      /^plan\.yaml:\d+:\d+: the file \(with its aliases\) holds more than 100000 values; split it$/,
    )
    expect(performance.now() - began).toBeLessThan(5000)
  })

  test('an alias inside its own anchor ends', () => {
    expect(problemsOf('plans: &p { q: { phases: [*p] } }')[0]).toMatch(/nested deeper than 60 levels; flatten it$/)
  })

  test('deep nesting and large files are refused with a sentence', () => {
    expect(problemsOf('['.repeat(50_000))[0]).toMatch(
      /^plan\.yaml:1:\d+: not valid YAML: nested deeper than 60 levels; flatten it$/,
    )
    expect(problemsOf(`# ${'x'.repeat(1_000_001)}`)).toEqual([
      'plan.yaml:1:1: the file is larger than 1000000 characters; split it',
    ])
  })

  test('a circle of thousands of phases is told by its ends', () => {
    const lines = Array.from({ length: 9_000 }, (_, no) => `      - { id: p${no}, after: [p${(no + 1) % 9_000}] }`)
    expect(problemsOf(['plans:', '  p:', '    phases:', ...lines].join('\n'))).toEqual([
      'plan.yaml:9003:29: plans.p.phases[8999].after: the phases wait for each other: p0 → p1 → p2 → p3 → p4 → p5 → p6 → p7 → p8 → p9 → … → p8999 → p0; take one of these links out',
    ])
  })

  test('a key that would reach the prototype is refused', () => {
    expect(problemsOf('plans: { __proto__: { name: x } }')).toEqual([
      'plan.yaml:1:10: a key must be plain text that names something',
    ])
  })

  test('an explicit tag is refused', () => {
    expect(problemsOf('plans: !!binary aGVsbG8=')[0]).toMatch(/^plan\.yaml:1:8: not valid YAML: Unresolved tag/)
  })
})
