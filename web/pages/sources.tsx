import type { Assets } from '../assets.ts'
import { portfolioAddress, setupAddress, setupSourcesAddress } from '../components/address.ts'
import { count, instant } from '../components/format.ts'
import { Layout } from '../components/layout.tsx'
import { ScrollBox } from '../components/scroll-box.tsx'

export interface SourcesProps {
  readonly assets: Assets
  readonly timezone: string
  readonly sources: readonly {
    readonly id: string
    readonly title: string
    readonly connection: string
    readonly lastDeliveryAt: string | null
    readonly lastPollAt: string | null
    readonly itemsSeen: number
    /** In words, with what to do; `null` = working. */
    readonly error: string | null
    readonly nextAttemptAt: string | null
  }[]
}

/** How the reading of each source goes: when it was last heard of, what is wrong, when it is tried again. */
export const SourcesPage = ({ assets, timezone, sources }: SourcesProps) => (
  <Layout
    assets={assets}
    title="Sources"
    crumbs={[
      { name: 'Portfolio', address: portfolioAddress() },
      { name: 'Sources', address: null },
    ]}
    live={sources.length > 0 ? 'every plan' : null}
    heading={
      <div class="title">
        <h1>Sources</h1>
        <p class="meta">{`Times in ${timezone}`}</p>
      </div>
    }
  >
    {sources.length === 0 ? (
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
            {sources.map((source) => (
              <tr>
                <th scope="row">
                  {source.title}
                  <span class="of">
                    {`${source.id}, through `}
                    <a href={setupSourcesAddress(source.connection)}>{source.connection}</a>
                  </span>
                </th>
                <td class="state">
                  {source.error === null ? <span class="fine">Working</span> : <span class="bad">{source.error}</span>}
                </td>
                <Moment at={source.lastDeliveryAt} timezone={timezone} />
                <Moment at={source.lastPollAt} timezone={timezone} />
                <td class="number">{count(source.itemsSeen)}</td>
                <td class="day">
                  {source.nextAttemptAt === null ? 'as scheduled' : instant(source.nextAttemptAt, timezone)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    )}
  </Layout>
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
