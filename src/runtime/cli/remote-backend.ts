import { Fault } from '../../model/fault.ts'
import type { Change } from '../../plan/setup/diff-setup.ts'
import type { ApplyOptions } from '../../plan/apply-setup.ts'
import type { FrozenBaseline } from '../../plan/freeze-baseline.ts'
import type { SetupFile } from '../../plan/setup/setup.ts'
import type { Explanation } from '../../reports/shapes/explanation.ts'
import type { PlanItems } from '../../reports/shapes/plan-items.ts'
import type { PlanVariance } from '../../reports/shapes/plan-variance.ts'
import type { Portfolio } from '../../reports/shapes/portfolio.ts'
import type { SyncHealth } from '../../reports/shapes/sync-health.ts'
import type { SyncProgress } from '../../sync/tools.ts'
import { askService } from './ask-service.ts'
import type { Backend, SyncResult } from './backend.ts'
import { chooseSources } from './choose-sources.ts'

/** The work done by the service that holds the embedded database, over its API. */
export const remoteBackend = (url: string): Backend => ({
  apply: (files, options) => apply(url, files, options),
  sync: async ({ sources, full }, onProgress) => {
    const { sources: known } = await askService<SyncHealth>(url, { path: '/sources' })
    const ids = chooseSources(
      known.map(({ id }) => id),
      sources,
    )
    return Promise.all(ids.map((id) => syncOne(url, id, full, onProgress)))
  },
  freeze: ({ plan, ...order }) =>
    askService<FrozenBaseline>(url, { path: `/plans/${encodeURIComponent(plan)}/baselines`, body: order }),
  planVariance: ({ plan, ...query }) =>
    askService<PlanVariance>(url, { path: `/plans/${encodeURIComponent(plan)}/report`, query }),
  portfolio: (query) => askService<Portfolio>(url, { path: '/portfolio', query: { ...query } }),
  explain: ({ plan, measure, after, ...query }) =>
    askService<Explanation>(url, {
      path: `/plans/${encodeURIComponent(plan)}/explain/${encodeURIComponent(measure)}`,
      query: { ...query, cursor: after },
    }),
  items: ({ plan, after, unmapped, ...query }) =>
    askService<PlanItems>(url, {
      path: `/plans/${encodeURIComponent(plan)}/items`,
      query: { ...query, unmapped: unmapped || undefined, cursor: after },
    }),
  close: async () => {},
})

interface Applied {
  readonly changes: readonly Change[]
}

const FILE = 'setup.yaml'

const apply = async (url: string, files: readonly SetupFile[], options: ApplyOptions): Promise<readonly Change[]> => {
  const [file, ...more] = files
  if (file === undefined || more.length > 0)
    throw new Fault(
      'conflict',
      `cli: the service at ${url} holds the data folder and takes one file at a time: write them as one, or stop it first`,
    )
  const send = (query: Readonly<Record<string, boolean | undefined>>): Promise<Applied> =>
    askService<Applied>(url, { path: '/setup', query: { prune: options.prune, ...query }, body: file.text }).catch(
      (error: unknown) => {
        throw error instanceof Fault ? named(error, file.name) : error
      },
    )
  const { changes } = await send({ dryRun: true })
  if (options.dryRun === true || changes.length === 0) return changes
  const removed = changes.filter(({ kind }) => kind === 'removed')
  const allowRemovals = removed.length > 0 && (await options.confirmRemovals?.(removed)) === true
  return (await send({ allowRemovals })).changes
}

/** The service does not know what the file is called here. */
const named = (fault: Fault, name: string): Fault =>
  new Fault(
    fault.kind,
    fault.message.replaceAll(`${FILE}:`, () => `${name}:`),
    {
      problems: fault.problems.map(({ at, message }) => ({
        at: at.startsWith(`${FILE}:`) ? `${name}${at.slice(FILE.length)}` : at,
        message,
      })),
    },
  )

const syncOne = async (
  url: string,
  source: string,
  full: boolean,
  onProgress: (progress: SyncProgress) => void,
): Promise<SyncResult> => {
  const path = `/sources/${encodeURIComponent(source)}/sync`
  const { items, changed, calls, error } = await askService<{
    readonly items: number | null
    readonly changed: number | null
    readonly calls: number | null
    readonly error: string | null
  }>(url, { path, body: { full, wait: true } })
  onProgress({ source, items: items ?? 0, total: null, calls: calls ?? 0, finished: true })
  return { source, items: items ?? 0, changed: changed ?? 0, error }
}
