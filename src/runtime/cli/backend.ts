import type { ApplyOptions } from '../../plan/apply-setup.ts'
import type { Change } from '../../plan/setup/diff-setup.ts'
import type { FreezeOrder, FrozenBaseline } from '../../plan/freeze-baseline.ts'
import type { SetupFile } from '../../plan/setup/setup.ts'
import type { ExplainQuestion } from '../../reports/explain-measure.ts'
import type { ItemsQuestion } from '../../reports/plan-items.ts'
import type { VarianceQuestion } from '../../reports/plan-variance.ts'
import type { PortfolioQuestion } from '../../reports/portfolio.ts'
import type { Explanation } from '../../reports/shapes/explanation.ts'
import type { PlanItems } from '../../reports/shapes/plan-items.ts'
import type { PlanVariance } from '../../reports/shapes/plan-variance.ts'
import type { Portfolio } from '../../reports/shapes/portfolio.ts'
import type { SyncProgress } from '../../sync/tools.ts'

type Asked<Question> = Omit<Question, 'now' | 'today'>

export interface SyncOrder {
  /** Empty = every source. */
  readonly sources: readonly string[]
  readonly full: boolean
  /** One attempt each; else limits and outages are waited out. */
  readonly once: boolean
}

export interface SyncResult {
  readonly source: string
  readonly items: number
  readonly changed: number
  readonly error: string | null
}

/** Who does the work of a command: this process with the database, or the service that holds it. */
export interface Backend {
  apply(files: readonly SetupFile[], options: ApplyOptions): Promise<readonly Change[]>
  sync(order: SyncOrder, onProgress: (progress: SyncProgress) => void): Promise<readonly SyncResult[]>
  freeze(order: Omit<FreezeOrder, 'actor' | 'now'>): Promise<FrozenBaseline>
  planVariance(question: Asked<VarianceQuestion>): Promise<PlanVariance>
  portfolio(question: Asked<PortfolioQuestion>): Promise<Portfolio>
  explain(question: Asked<ExplainQuestion>): Promise<Explanation>
  items(question: Asked<ItemsQuestion>): Promise<PlanItems>
  close(): Promise<void>
}
