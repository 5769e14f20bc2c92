import * as at from '../../demo/stand-ins/github/mutations.ts'
import { type StandInGitHub, startGitHub } from '../../demo/stand-ins/github/server.ts'
import type { GitHubState } from '../../demo/stand-ins/github/state.ts'
import { type StandInDelivery, deliveryOf } from '../../demo/stand-ins/github/webhooks.ts'
import { sealWith } from '../../src/access/seal.ts'
import { applySetup } from '../../src/plan/apply-setup.ts'
import { freezeBaseline } from '../../src/plan/freeze-baseline.ts'
import { parseSetup } from '../../src/plan/setup/parse-setup.ts'
import type { Store } from '../../src/store/database.ts'
import { runDue } from '../../src/sync/run-due.ts'
import type { SyncTools } from '../../src/sync/tools.ts'
import { trackers } from '../../src/trackers/index.ts'
import { TEST_SECRET } from '../support/sample-world.ts'

export const HOOK = 'github-hook-secret'
/** The clock of every test here: a Monday. */
export const NOW = new Date('2026-06-15T10:00:00Z')

/** One repository: ten issues in milestone v1, of which three are done, and two in no milestone. */
export interface SmallWorld {
  readonly state: GitHubState
  readonly github: StandInGitHub
  readonly sync: Partial<SyncTools>
  /** Closes an issue as done and signs what GitHub would send, without sending it. */
  close(number: number): StandInDelivery
  end(): Promise<void>
}

export const SETUP = `
connections:
  acme-github: { tracker: github, url: "\${GITHUB_URL}", token: "\${GITHUB_TOKEN}", webhookSecret: "\${GITHUB_HOOK}" }
sources:
  web: { connection: acme-github, repository: acme/web }
plans:
  shop:
    name: Web shop
    timezone: Europe/Berlin
    currency: EUR
    unit: items
    phases:
      - { id: build, name: Build, start: 2026-06-01, finish: 2026-06-30, budget: 12000, map: [{ source: web, milestone: v1 }] }
      - { id: launch, name: Launch, start: 2026-07-01, finish: 2026-07-10, size: 4, budget: 4000, map: [{ source: web, milestone: v2 }] }
portfolios:
  retail: { name: Retail, plans: [shop] }
`

export const startSmallGitHub = async (): Promise<{ readonly state: GitHubState; readonly github: StandInGitHub }> => {
  const state = at.createGitHubState({
    owner: 'acme',
    repo: 'web',
    users: ['ana'],
    milestones: [{ title: 'v1', createdAt: '2026-05-01T08:00:00Z', dueOn: '2026-06-30' }],
  })
  for (let number = 1; number <= 12; number += 1)
    at.openIssue(state, {
      title: `Work ${number}`,
      at: `2026-05-${String(number + 9).padStart(2, '0')}T08:00:00Z`,
      by: 'ana',
      ...(number <= 10 && { milestone: 1 }),
    })
  for (const number of [1, 2, 3]) at.closeIssue(state, number, { by: 'ana', at: `2026-06-0${number + 2}T08:00:00Z` })
  return { state, github: await startGitHub({ state, token: 'gh-token', now: () => NOW }) }
}

/** Set up, read and frozen over a store: what most tests begin from. */
export const openSmallWorld = async (store: Store): Promise<SmallWorld> => {
  const { state, github } = await startSmallGitHub()
  const seal = await sealWith(TEST_SECRET)
  const sync = { now: () => NOW }
  const environment = { GITHUB_URL: github.url, GITHUB_TOKEN: 'gh-token', GITHUB_HOOK: HOOK }
  const setup = parseSetup([{ name: 'setup.yaml', text: SETUP }], environment, { trackers })
  await applySetup({ store, seal: seal.seal, openSecrets: seal.open, actor: 'test', now: NOW }, setup)
  const outcomes = await runDue({
    store,
    trackers,
    openSecrets: seal.open,
    fetch: globalThis.fetch,
    log: (message) => console.error(message),
    workerId: 'small-world',
    pollSeconds: 300,
    ...sync,
  })
  if (outcomes.some(({ error }) => error !== null)) throw new Error(JSON.stringify(outcomes))
  await freezeBaseline(store, { plan: 'shop', reason: 'agreed', asOf: '2026-06-01', actor: 'test', now: NOW })
  let minute = 0
  return {
    state,
    github,
    sync,
    close: (number) => {
      minute += 1
      const deed = { by: 'ana', at: `2026-06-15T08:${String(minute).padStart(2, '0')}:00Z` }
      at.closeIssue(state, number, deed)
      const happening = {
        event: 'issues',
        action: 'closed',
        actor: 'ana',
        at: deed.at,
        issue: state.issues.get(number)!,
      }
      return deliveryOf(state, happening as Parameters<typeof deliveryOf>[1], { url: github.url, secret: HOOK })!
    },
    end: () => github.close(),
  }
}
