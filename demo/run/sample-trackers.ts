import { createGitHubWorld } from '../sample/apply-to-github.ts'
import { createJiraWorld } from '../sample/apply-to-jira.ts'
import type { SampleEvent } from '../sample/events.ts'
import { samplePortfolio } from '../sample/portfolio.ts'
import { startGitHub } from '../stand-ins/github/server.ts'
import { startJira } from '../stand-ins/jira/start-jira.ts'
import { freePort } from './free-port.ts'
import type { DemoPorts, DemoTrackers } from './trackers.ts'

/** The sample portfolio in stand-in trackers over HTTP, and the means to let its live weeks happen. */
export interface SampleTrackers extends DemoTrackers {
  /** Everything that happens, in order. */
  readonly events: readonly SampleEvent[]
  /** The first event of the live weeks; those before it are history. */
  readonly firstLive: number
  /** Acts out the events before this index that have not happened yet. */
  play(until: number): void
  /** From now on everything that happens is sent there, signed, as webhooks of the connections. */
  subscribe(service: string): void
  /** Resolves when every webhook so far was sent and answered. */
  delivered(): Promise<void>
}

const SECRETS = {
  GITHUB_TOKEN: 'demo-github-token',
  GITHUB_HOOK: 'demo-github-webhook-secret',
  JIRA_TOKEN: 'demo-jira-token',
  JIRA_HOOK: 'demo-jira-webhook-secret',
}

/**
 * @param options.played how many events have already happened; `null` = the history alone
 * @example const trackers = await startSampleTrackers({ seed: 1, anchor: '2026-11-22', played: null, ports: {} })
 */
export const startSampleTrackers = async (options: {
  readonly seed: number
  readonly anchor: string
  readonly played: number | null
  /** Taken where they are still free. */
  readonly ports: DemoPorts
}): Promise<SampleTrackers> => {
  const sample = samplePortfolio(options)
  const { events } = sample
  const github = createGitHubWorld(sample)
  const jira = createJiraWorld(sample)
  const live = events.findIndex((event) => event.at >= sample.liveFrom)
  const firstLive = live === -1 ? events.length : live
  let next = 0
  const play = (until: number): void => {
    for (; next < Math.min(until, events.length); next += 1) {
      github.apply(events[next]!)
      jira.apply(events[next]!)
    }
  }
  play(options.played ?? firstLive)

  const clock = () => new Date(events[next - 1]?.at ?? sample.liveFrom)
  const portOf = (name: string): Promise<number> => freePort(options.ports[name] ?? 0)
  const repository = async (name: string, port: string) =>
    startGitHub({
      state: github.states.get(name)!,
      token: SECRETS.GITHUB_TOKEN,
      now: clock,
      port: await portOf(port),
      quota: 1_000_000,
    })
  const web = await repository('acme/web', 'web')
  const mobile = await repository('acme/mobile', 'mobile')
  const site = await startJira({
    state: jira.state,
    email: 'pmo@acme.test',
    token: SECRETS.JIRA_TOKEN,
    now: clock,
    port: await portOf('jira'),
  })

  return {
    setup: sample.setup,
    baselines: sample.baselines,
    events,
    firstLive,
    environment: { ...SECRETS, GITHUB_URL: web.url, GITHUB_MOBILE_URL: mobile.url, JIRA_URL: site.url },
    ports: { web: portIn(web.url), mobile: portIn(mobile.url), jira: portIn(site.url) },
    play,
    subscribe: (service) => {
      web.subscribe({ url: `${service}/webhooks/acme-github`, secret: SECRETS.GITHUB_HOOK })
      mobile.subscribe({ url: `${service}/webhooks/mobile-github`, secret: SECRETS.GITHUB_HOOK })
      site.addWebhook({ url: `${service}/webhooks/acme-jira`, secret: SECRETS.JIRA_HOOK })
    },
    delivered: async () => {
      await Promise.all([web.delivered(), mobile.delivered(), site.flush()])
    },
    close: async () => {
      await Promise.all([web.close(), mobile.close(), site.close()])
    },
  }
}

const portIn = (url: string): number => Number(new URL(url).port)
