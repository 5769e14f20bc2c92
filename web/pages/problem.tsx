import type { Assets } from '../assets.ts'
import { portfolioAddress } from '../components/address.ts'
import { Layout } from '../components/layout.tsx'

/** A problem document (RFC 9457), as the API gives it. */
export interface ProblemDocument {
  readonly status: number
  readonly title: string
  readonly detail?: string | undefined
  readonly problems?: readonly { readonly at: string; readonly message: string }[] | undefined
}

export interface ProblemProps {
  readonly assets: Assets
  readonly problem: ProblemDocument
}

/** What went wrong, in words, and where to go from here. */
export const ProblemPage = ({ assets, problem }: ProblemProps) => (
  <Layout
    assets={assets}
    title={problem.title}
    crumbs={[
      { name: 'Portfolio', address: portfolioAddress() },
      { name: problem.title, address: null },
    ]}
    live={null}
    heading={
      <div class="title">
        <h1>{problem.title}</h1>
        <p class="meta">{`Status ${problem.status}`}</p>
      </div>
    }
  >
    <section class="empty" aria-label="What happened">
      {problem.detail !== undefined && <p>{problem.detail}</p>}
      {problem.problems !== undefined && problem.problems.length > 0 && (
        <ul>
          {problem.problems.map(({ at, message }) => (
            <li>
              <code>{at}</code> {message}
            </li>
          ))}
        </ul>
      )}
      <p>
        {adviceFor(problem.status)} <a href={portfolioAddress()}>Back to the portfolio</a>
      </p>
    </section>
  </Layout>
)

const adviceFor = (status: number): string => {
  if (status === 404) return 'The address may be mistyped, or the plan or phase may have been renamed.'
  if (status === 503 || status === 429) return 'Nothing is lost. Wait a little and load the page again.'
  if (status >= 500) return 'This is a fault of Plumbline. It has been logged; loading the page again may help.'
  return 'Correct what is named above and try again.'
}
