import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Assets } from '../assets.ts'
import { portfolioAddress, setupAddress, sourcesAddress } from './address.ts'
import { Mark } from './mark.tsx'

export interface Crumb {
  readonly name: string
  /** `null` = this page. */
  readonly address: string | null
}

/** Which events refresh the page: one plan's, every plan's, or none (a page with a form, a frozen view). */
export type Live = { readonly plan: string; readonly revision: number } | 'every plan' | null

interface LayoutProps {
  readonly assets: Assets
  readonly title: string
  readonly crumbs: readonly Crumb[]
  readonly live: Live
  readonly heading: Child
}

/** The frame of every page: landmarks, breadcrumbs, and the line that says whether the numbers are live. */
export const Layout = ({ assets, title, crumbs, live, heading, children }: PropsWithChildren<LayoutProps>) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${title} · Plumbline`}</title>
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href={assets.css} />
      <script type="module" src={assets.islands} />
    </head>
    <body>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="site">
        <a class="brand" href={portfolioAddress()}>
          <Mark />
          Plumbline
        </a>
        <nav aria-label="Site">
          <a href={portfolioAddress()}>Portfolio</a>
          <a href={sourcesAddress()}>Sources</a>
          <a href={setupAddress()}>Set up</a>
        </nav>
        <p id="live" class="live" role="status" />
      </header>
      <main id="main" tabindex={-1} {...liveData(live)}>
        {crumbs.length > 0 && <Breadcrumbs crumbs={crumbs} />}
        {heading}
        {children}
      </main>
      <footer class="site">
        <p>
          Every underlined number opens its explanation, down to the work items behind it. “–” means not known; the
          reason is given on the spot.
        </p>
      </footer>
    </body>
  </html>
)

const Breadcrumbs = ({ crumbs }: { readonly crumbs: readonly Crumb[] }) => (
  <nav class="crumbs" aria-label="Breadcrumbs">
    <ol>
      {crumbs.map(({ name, address }) => (
        <li>{address === null ? <span aria-current="page">{name}</span> : <a href={address}>{name}</a>}</li>
      ))}
    </ol>
  </nav>
)

const liveData = (live: Live): Readonly<Record<string, string | number>> => {
  if (live === null) return {}
  if (live === 'every plan') return { 'data-live': '*' }
  return { 'data-live': live.plan, 'data-revision': live.revision }
}
