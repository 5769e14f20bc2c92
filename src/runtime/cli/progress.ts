import type { SyncProgress } from '../../sync/tools.ts'
import { count } from '../../../web/components/format.ts'
import type { Terminal } from './terminal.ts'

const WIDTH = 28
const QUIET_ITEMS = 500

/**
 * Shows how far a sync is: one bar over all sources on a terminal, else a plain line now and then for each source.
 *
 * @returns what to call as the sync goes on
 */
export const syncProgress = (terminal: Terminal): ((progress: SyncProgress) => void) => {
  const seen = new Map<string, SyncProgress>()
  const told = new Map<string, number>()
  return (progress) => {
    const before = seen.get(progress.source)
    seen.set(progress.source, { ...progress, total: progress.total ?? before?.total ?? null })
    if (terminal.redraw !== null) terminal.redraw(bar([...seen.values()]))
    const last = told.get(progress.source) ?? 0
    const isNews = progress.finished || (terminal.redraw === null && progress.items - last >= QUIET_ITEMS)
    if (!isNews) return
    told.set(progress.source, progress.items)
    terminal.say(line(seen.get(progress.source)!))
    if (terminal.redraw !== null && [...seen.values()].some(({ finished }) => !finished))
      terminal.redraw(bar([...seen.values()]))
  }
}

const line = ({ source, items, total, calls, finished }: SyncProgress): string =>
  `${source}: ${count(items)}${total === null || finished ? '' : ` of ${count(total)}`} items, ${count(calls)} calls${finished ? '' : '…'}`

const bar = (all: readonly SyncProgress[]): string => {
  const items = all.reduce((sum, each) => sum + each.items, 0)
  const total = all.reduce((sum, each) => sum + Math.max(each.items, each.finished ? 0 : (each.total ?? 0)), 0)
  const part = total === 0 ? 0 : items / total
  const filled = Math.round(part * WIDTH)
  const open = all.filter(({ finished }) => !finished).map(({ source }) => source)
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${count(items)}/${count(total)} items  ${open.join(', ')}`
}
