import type { JSX } from 'hono/jsx/jsx-runtime'
import { PhasePage, type PhaseProps } from './pages/phase.tsx'
import { PlanPage, type PlanProps } from './pages/plan.tsx'
import { PortfolioPage, type PortfolioProps } from './pages/portfolio.tsx'

/** One function per page: props in, a whole HTML document out. */
export const renderPortfolio = (props: PortfolioProps): string => document(<PortfolioPage {...props} />)
export const renderPlan = (props: PlanProps): string => document(<PlanPage {...props} />)
export const renderPhase = (props: PhaseProps): string => document(<PhasePage {...props} />)

const document = (page: JSX.Element): string => `<!doctype html>${page.toString()}`
