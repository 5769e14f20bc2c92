import type { JSX } from 'hono/jsx/jsx-runtime'
import { ExplanationPage, type ExplanationProps } from './pages/explanation.tsx'
import { ItemsPage, type ItemsProps } from './pages/items.tsx'
import { PhasePage, type PhaseProps } from './pages/phase.tsx'
import { PlanPage, type PlanProps } from './pages/plan.tsx'
import { PortfolioPage, type PortfolioProps } from './pages/portfolio.tsx'
import { ProblemPage, type ProblemProps } from './pages/problem.tsx'
import { SetupBaselinePage, type SetupBaselineProps } from './pages/setup-baseline.tsx'
import { SetupConnectPage, type SetupConnectProps } from './pages/setup-connect.tsx'
import { SetupDraftPage, type SetupDraftProps } from './pages/setup-draft.tsx'
import { SetupSourcesPage, type SetupSourcesProps } from './pages/setup-sources.tsx'
import { SourcesPage, type SourcesProps } from './pages/sources.tsx'

/** One function per page: props in, a whole HTML document out. */
export const renderPortfolio = (props: PortfolioProps): string => document(<PortfolioPage {...props} />)
export const renderPlan = (props: PlanProps): string => document(<PlanPage {...props} />)
export const renderPhase = (props: PhaseProps): string => document(<PhasePage {...props} />)
export const renderItems = (props: ItemsProps): string => document(<ItemsPage {...props} />)
export const renderExplanation = (props: ExplanationProps): string => document(<ExplanationPage {...props} />)
export const renderSources = (props: SourcesProps): string => document(<SourcesPage {...props} />)
export const renderSetupConnect = (props: SetupConnectProps): string => document(<SetupConnectPage {...props} />)
export const renderSetupSources = (props: SetupSourcesProps): string => document(<SetupSourcesPage {...props} />)
export const renderSetupDraft = (props: SetupDraftProps): string => document(<SetupDraftPage {...props} />)
export const renderSetupBaseline = (props: SetupBaselineProps): string => document(<SetupBaselinePage {...props} />)
export const renderProblem = (props: ProblemProps): string => document(<ProblemPage {...props} />)

const document = (page: JSX.Element): string => `<!doctype html>${page.toString()}`
