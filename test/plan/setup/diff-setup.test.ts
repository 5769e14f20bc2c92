import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { describeChange } from '../../../src/plan/setup/describe-change.ts'
import { diffSetup, removals } from '../../../src/plan/setup/diff-setup.ts'
import { parseSetup } from '../../../src/plan/setup/parse-setup.ts'
import { EMPTY_SETUP, type Setup } from '../../../src/plan/setup/setup.ts'
import { environment, trackers } from './trackers.ts'

const text = readFileSync(new URL('checkout.yaml', import.meta.url), 'utf8')
const read = (written: string, from: Record<string, string> = environment): Setup =>
  parseSetup([{ name: 'plan.yaml', text: written }], from, { trackers })
const current = read(text)
const lines = (next: Setup, whole = true): readonly string[] =>
  diffSetup(current, next, { today: '2026-07-01', whole }).map(describeChange)

/** The file with each text replaced; a text that is not there would make the test empty. */
const edited = (...edits: readonly [string, string][]): Setup =>
  read(
    edits.reduce((written, [from, to]) => {
      expect(written).toContain(from)
      return written.replace(from, to)
    }, text),
  )

test('applying the same file twice changes nothing', () => {
  expect(lines(read(text))).toEqual([])
})

test('a first apply adds everything, and secrets are only said to be set', () => {
  const changes = diffSetup(EMPTY_SETUP, current, { today: '2026-07-01', whole: true })
  expect(changes.map(describeChange)).toEqual([
    '+ connection acme-github',
    '+ connection acme-jira',
    '+ source web',
    '+ source core',
    '+ resource ana',
    '+ resource bo',
    '+ resource rig',
    '+ plan checkout',
    '+ phase checkout/discovery',
    '+ phase checkout/build',
    '+ phase checkout/api',
    '+ phase checkout/shop',
    '+ phase checkout/review',
    '+ phase checkout/rollout',
    '+ portfolio retail',
  ])
  expect(changes[0]?.after).toEqual({
    tracker: 'github',
    url: 'https://api.github.com',
    token: 'set',
    webhookSecret: 'set',
  })
  expect(JSON.stringify(changes)).not.toContain('token-value')
})

test.each<{ because: string; edits: [string, string][]; says: string[] }>([
  {
    because: 'a moved finish and another budget',
    edits: [
      ['finish: 2026-06-26\n', 'finish: 2026-07-10\n'],
      ['budget: 180000', 'budget: { amount: 200000, spread: front }'],
    ],
    says: [
      '~ phase checkout/build: finish: 2026-06-26 → 2026-07-10',
      '~ phase checkout/build: budget: { amount: 180000, spread: { kind: linear } } → { amount: 200000, spread: { kind: front } }',
    ],
  },
  {
    because: 'another rule',
    edits: [['map: [{ source: core, component: api }]', 'map: [{ source: core, component: [api, core] }]']],
    says: [
      '~ phase checkout/api: map: [{ source: [core], component: [api] }] → [{ source: [core], component: [api, core] }]',
    ],
  },
  {
    because: 'another rate, which starts today',
    edits: [['rate: 95/h', 'rate: 105/h']],
    says: ['~ resource ana: rates: [95 EUR/h] → [95 EUR/h, from 2026-07-01 105 EUR/h]'],
  },
  {
    because: 'settings of a source and the zone of a plan',
    edits: [
      ['pullRequests: false', 'pullRequests: true'],
      ['Europe/Berlin', 'Europe/Paris'],
    ],
    says: ['~ source web: pullRequests: false → true', '~ plan checkout: zone: Europe/Berlin → Europe/Paris'],
  },
  {
    because: 'a phase that changes its parent',
    edits: [
      [
        '          - { id: api, start: 2026-03-02, finish: 2026-04-30, budget: 60000, map: [{ source: core, component: api }] }\n',
        '',
      ],
      [
        '      - { id: review,',
        '      - { id: api, start: 2026-03-02, finish: 2026-04-30, budget: 60000, map: [{ source: core, component: api }] }\n      - { id: review,',
      ],
    ],
    says: [
      '~ plan checkout: order of phases: [discovery, build, api, shop, review, rollout] → [discovery, build, shop, api, review, rollout]',
      '~ phase checkout/api: parent: build → none',
    ],
  },
])('the dry run shows $because', ({ edits, says }) => {
  expect(lines(edited(...edits))).toEqual(says)
})

describe('secrets', () => {
  test('a new token is said to have changed, its values are not told', () => {
    const changes = diffSetup(current, read(text, { ...environment, GITHUB_TOKEN: 'another-value' }), {
      today: '2026-07-01',
      whole: true,
    })
    expect(changes.map(describeChange)).toEqual(['~ connection acme-github: token: set → changed'])
    expect(JSON.stringify(changes)).not.toMatch(/another-value|token-value/)
  })
})

describe('removals', () => {
  const cut = edited(
    [`      webhookSecret: "\${JIRA_HOOK}",\n`, ''],
    ['      - { id: review, after: build, progress: { apportioned: build, factor: 0.1 }, actualCost: entered }\n', ''],
    ['  rig: { kind: equipment, rate: 400/d }\n', ''],
  )

  test('are entries of their own, so that one can ask first', () => {
    expect(removals(diffSetup(current, cut, { today: '2026-07-01', whole: true })).map(describeChange)).toEqual([
      '- resource rig',
      '- phase checkout/review',
    ])
    expect(lines(cut)).toContain('~ connection acme-jira: webhookSecret: set → not set')
  })

  test('when files are a part of the set-up, what they do not name stays; phases are always whole', () => {
    expect(removals(diffSetup(current, cut, { today: '2026-07-01', whole: false })).map(describeChange)).toEqual([
      '- phase checkout/review',
    ])
  })
})
