import type { PropsWithChildren } from 'hono/jsx'
import type { Assets } from '../assets.ts'
import { portfolioAddress } from './address.ts'
import { Layout } from './layout.tsx'

const STEPS = ['Connect a tracker', 'Choose sources', 'Draft the plan', 'Freeze the baseline'] as const

interface SetupLayoutProps {
  readonly assets: Assets
  /** 1..4 */
  readonly step: number
}

/** The four steps from nothing to a first dashboard, and which of them this is. */
export const SetupLayout = ({ assets, step, children }: PropsWithChildren<SetupLayoutProps>) => (
  <Layout
    assets={assets}
    title={STEPS[step - 1] ?? 'Set up'}
    crumbs={[
      { name: 'Portfolio', address: portfolioAddress() },
      { name: 'Set up', address: null },
    ]}
    live={null}
    heading={
      <>
        <div class="title">
          <h1>{STEPS[step - 1]}</h1>
        </div>
        <ol class="steps" aria-label="Steps">
          {STEPS.map((name, position) => (
            <li
              class={position + 1 < step ? 'past' : ''}
              {...(position + 1 === step ? { 'aria-current': 'step' as const } : {})}
            >
              {name}
              {position + 1 < step && <span class="visually-hidden"> (done)</span>}
            </li>
          ))}
        </ol>
      </>
    }
  >
    {children}
  </Layout>
)
