import { createGitHubWorld } from '../../demo/sample/apply-to-github.ts'
import { createJiraWorld } from '../../demo/sample/apply-to-jira.ts'
import { type Sample, samplePortfolio } from '../../demo/sample/portfolio.ts'
import { startGitHub } from '../../demo/stand-ins/github/server.ts'
import { startJira } from '../../demo/stand-ins/jira/start-jira.ts'
import { sealWith } from '../../src/access/seal.ts'
import { applySetup } from '../../src/plan/apply-setup.ts'
import { parseSetup } from '../../src/plan/setup/parse-setup.ts'
import type { Store } from '../../src/store/database.ts'
import type { SyncTools } from '../../src/sync/tools.ts'
import { trackers } from '../../src/trackers/index.ts'

/** The sample portfolio in two stand-in trackers, and Plumbline set up to read them. */
export interface SampleWorld {
  readonly sample: Sample
  readonly tools: SyncTools
  /** Acts the live weeks out, up to an instant. */
  play(until: string): void
  /** Changes are delivered there from now on, signed. */
  subscribe(service: string): void
  close(): Promise<void>
}

export const TEST_SECRET = 'a secret for tests only'
export const ANCHOR = '2026-11-20'

export const openSampleWorld = async (store: Store): Promise<SampleWorld> => {
  const sample = samplePortfolio({ seed: 1, anchor: ANCHOR })
  const githubWorld = createGitHubWorld(sample)
  const jiraWorld = createJiraWorld(sample)
  let next = 0
  const play = (until: string): void => {
    for (; next < sample.events.length && sample.events[next]!.at < until; next += 1) {
      githubWorld.apply(sample.events[next]!)
      jiraWorld.apply(sample.events[next]!)
    }
  }
  play(sample.liveFrom)
  const now = () => new Date(`${ANCHOR}T12:00:00Z`)
  const [web, mobile] = [...githubWorld.states.values()].map((state) => startGitHub({ state, token: 'gh-token', now }))
  const jira = await startJira({ state: jiraWorld.state, email: 'pmo@acme.test', token: 'jira-token', now })
  const servers = [await web!, await mobile!] as const
  const seal = await sealWith(TEST_SECRET)
  const environment = {
    GITHUB_URL: servers[0]!.url,
    GITHUB_MOBILE_URL: servers[1]!.url,
    JIRA_URL: jira.url,
    GITHUB_TOKEN: 'gh-token',
    JIRA_TOKEN: 'jira-token',
    GITHUB_HOOK: 'github-hook-secret',
    JIRA_HOOK: 'jira-hook-secret',
  }
  const setup = parseSetup([{ name: 'sample.yaml', text: sample.setup }], environment, { trackers })
  await applySetup({ store, seal: seal.seal, openSecrets: seal.open, actor: 'test', now: now() }, setup)
  return {
    sample,
    play,
    subscribe: (service) => {
      servers[0]!.subscribe({ url: `${service}/webhooks/acme-github`, secret: environment.GITHUB_HOOK })
      servers[1]!.subscribe({ url: `${service}/webhooks/mobile-github`, secret: environment.GITHUB_HOOK })
      jira.addWebhook({ url: `${service}/webhooks/acme-jira`, secret: environment.JIRA_HOOK })
    },
    tools: {
      store,
      trackers,
      openSecrets: seal.open,
      fetch: globalThis.fetch,
      now: () => new Date(),
      log: (message) => console.error(message),
      workerId: 'test',
      pollSeconds: 300,
    },
    close: async () => {
      for (const server of [...servers, jira]) await server.close()
    },
  }
}
