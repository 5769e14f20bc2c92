import type { Assets } from '../assets.ts'
import { portfolioAddress, setupAddress, setupSourcesAddress } from '../components/address.ts'
import { count, instant } from '../components/format.ts'
import { Layout } from '../components/layout.tsx'
import { ScrollBox } from '../components/scroll-box.tsx'

type At = string | null

export interface SourcesProps {
  readonly assets: Assets
  readonly timezone: string
  /** The part of the sync's health report that is shown. */
  readonly report: {
    readonly sources: readonly {
      readonly id: string
      readonly title: string
      readonly connection: string
      readonly state: 'never-read' | 'reading' | 'waiting' | 'failing'
      readonly lastDeliveryAt: At
      readonly lastPollAt: At
      readonly nextAttemptAt: At
      readonly items: { readonly total: number }
      /** In words, with what to do; `null` = nothing is wrong. */
      readonly error: string | null
    }[]
    readonly connections: readonly {
      readonly id: string
      readonly tracker: string
      readonly url: string
      readonly webhookAddress: string
      readonly deliveries: number
      readonly refusedDeliveries: number
      readonly lastDeliveryAt: At
    }[]
  }
}

const STATES = {
  'never-read': 'Not read yet',
  reading: 'Reading',
  waiting: 'Working',
  failing: 'Failing',
} as const

/** How the reading of each source goes: when it was last heard of, what is wrong, when it is tried again. */
export const SourcesPage = ({ assets, timezone, report }: SourcesProps) => (
  <Layout
    assets={assets}
    title="Sources"
    crumbs={[
      { name: 'Portfolio', address: portfolioAddress() },
      { name: 'Sources', address: null },
    ]}
    live={report.sources.length > 0 ? 'every plan' : null}
    heading={
      <div class="title">
        <h1>Sources</h1>
        <p class="meta">{`Times in ${timezone}`}</p>
      </div>
    }
  >
    {report.sources.length === 0 ? (
      <section class="empty">
        <h2>No source yet</h2>
        <p>
          A source is a repository or a project that Plumbline reads. <a href={setupAddress()}>Connect a tracker</a> and
          choose some.
        </p>
      </section>
    ) : (
      <ScrollBox id="sources-box" label="Sources">
        <table>
          <caption>
            <span class="text">A webhook is a hint that something changed; polling finds what no webhook told.</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">State</th>
              <th scope="col">Last webhook</th>
              <th scope="col">Last poll</th>
              <th scope="col" class="number">
                Items seen
              </th>
              <th scope="col">Next attempt</th>
            </tr>
          </thead>
          <tbody>
            {report.sources.map((source) => (
              <tr>
                <th scope="row">
                  {source.title}
                  <span class="of">
                    {`${source.id}, through `}
                    <a href={setupSourcesAddress(source.connection)}>{source.connection}</a>
                  </span>
                </th>
                <td class="state">
                  {source.error === null ? (
                    <span class="fine">{STATES[source.state]}</span>
                  ) : (
                    <span class="bad">{`${STATES[source.state]}: ${source.error}`}</span>
                  )}
                </td>
                <Moment at={source.lastDeliveryAt} timezone={timezone} />
                <Moment at={source.lastPollAt} timezone={timezone} />
                <td class="number">{count(source.items.total)}</td>
                <td class="day">
                  {source.nextAttemptAt === null ? 'as scheduled' : instant(source.nextAttemptAt, timezone)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    )}
    {report.connections.length > 0 && <Connections report={report} timezone={timezone} />}
  </Layout>
)

const Connections = ({ report, timezone }: Pick<SourcesProps, 'report' | 'timezone'>) => (
  <section aria-labelledby="connections">
    <h2 id="connections">Connections</h2>
    <ScrollBox id="connections-box" label="Connections">
      <table>
        <caption>
          <span class="text">
            Send each tracker’s webhook to the address beside it; calls that are not signed are refused.
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Connection</th>
            <th scope="col">Webhook address</th>
            <th scope="col" class="number">
              Accepted
            </th>
            <th scope="col" class="number">
              Refused
            </th>
            <th scope="col">Last webhook</th>
          </tr>
        </thead>
        <tbody>
          {report.connections.map((connection) => (
            <tr>
              <th scope="row">
                <a href={setupSourcesAddress(connection.id)}>{connection.id}</a>
                <span class="of">{`${connection.tracker}, ${connection.url}`}</span>
              </th>
              <td>
                <code>{connection.webhookAddress}</code>
              </td>
              <td class="number">{count(connection.deliveries)}</td>
              <td class="number">{count(connection.refusedDeliveries)}</td>
              <Moment at={connection.lastDeliveryAt} timezone={timezone} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  </section>
)

const Moment = ({ at, timezone }: { readonly at: string | null; readonly timezone: string }) => (
  <td class="day">
    {at === null ? (
      'none yet'
    ) : (
      <time datetime={at} data-ago>
        {instant(at, timezone)}
      </time>
    )}
  </td>
)
