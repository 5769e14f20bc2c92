import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffSetup } from '../../../src/plan/setup/diff-setup.ts'
import { exportSetup } from '../../../src/plan/setup/export-setup.ts'
import { parseSetup } from '../../../src/plan/setup/parse-setup.ts'
import { EMPTY_SETUP } from '../../../src/plan/setup/setup.ts'
import { anySetup } from './any-setup.ts'
import { environment, trackers } from './trackers.ts'

const read = (text: string, from: Record<string, string> = environment) =>
  parseSetup([{ name: 'plan.yaml', text }], from, { trackers })

test('what is exported reads back as the same set-up, and applying it changes nothing', () => {
  fc.assert(
    fc.property(anySetup, (setup) => {
      const again = read(exportSetup(setup))
      expect(again).toEqual(setup)
      expect(diffSetup(setup, again, { today: '2026-05-01', whole: true })).toEqual([])
    }),
    { numRuns: 150 },
  )
})

test('a whole file survives', () => {
  const setup = read(readFileSync(new URL('checkout.yaml', import.meta.url), 'utf8'))
  expect(read(exportSetup(setup))).toEqual(setup)
})

test('an empty set-up is an empty file', () => {
  expect(exportSetup(EMPTY_SETUP)).toBe('')
  expect(read('')).toEqual(EMPTY_SETUP)
})

test('secrets are written as references, named after their connection when nobody said otherwise', () => {
  const text = exportSetup({
    ...EMPTY_SETUP,
    connections: [
      {
        id: 'acme-github',
        tracker: 'github',
        url: 'https://api.github.com',
        settings: {},
        secrets: { token: 'ghp_secret', webhookSecret: 'hook_secret' },
        variables: {},
      },
    ],
  })
  expect(text).toBe(
    [
      'connections:',
      '  acme-github:',
      '    {',
      '      tracker: github,',
      '      url: https://api.github.com,',
      `      token: "\${ACME_GITHUB_TOKEN}",`,
      `      webhookSecret: "\${ACME_GITHUB_WEBHOOK_SECRET}"`,
      '    }',
      '',
    ].join('\n'),
  )
  const values = { ACME_GITHUB_TOKEN: 'ghp_secret', ACME_GITHUB_WEBHOOK_SECRET: 'hook_secret' }
  expect(read(text, values).connections[0]?.secrets).toEqual({ token: 'ghp_secret', webhookSecret: 'hook_secret' })
})
