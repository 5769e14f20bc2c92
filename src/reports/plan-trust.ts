import type { PlanDocument } from '../model/plan.ts'
import { plannedSources } from '../model/plan.ts'
import { listConnections } from '../store/connections.ts'
import type { IsoInstant } from '../model/time.ts'
import type { Database } from '../store/database.ts'
import { countItemsKnownAt } from '../store/count-items-known.ts'
import { countItems } from '../store/list-items.ts'
import { latestPulls } from '../store/pulls.ts'
import { type StoredSource, listSources } from '../store/sources.ts'
import type { Trust } from './shapes/plan-variance.ts'

export interface TrustCounts {
  readonly mapped: number
  readonly unmapped: number
  readonly unestimated: number
  readonly settling: boolean
}

const HOUR_MS = 3_600_000

/** What a plan's numbers rest on: how fresh its sources are, and how much of them it counts. */
export const planTrust = async (
  tx: Database,
  document: PlanDocument,
  counts: TrustCounts,
  { now, knownAt }: { readonly now: Date; readonly knownAt?: string | undefined },
): Promise<Trust> => {
  const named = plannedSources(document)
  const isNamed = ({ id }: StoredSource) => named === null || named.has(id)
  const states = knownAt === undefined ? await statesNow(tx, isNamed) : await statesThen(tx, isNamed, knownAt)
  const missing = named === null ? [] : [...named].filter((id) => !states.some((state) => state.id === id))
  const { level, remarks } = judge(states, missing, counts, document, knownAt === undefined ? now : new Date(knownAt))
  return {
    level,
    remarks,
    lastDeliveryAt: latest(states.map((state) => state.lastDeliveryAt)),
    lastPollAt: latest(states.map((state) => state.lastPollAt)),
    itemsSeen: states.reduce((sum, state) => sum + state.itemsSeen, 0),
    ...counts,
    settling: counts.settling && knownAt === undefined,
    sources: states,
  }
}

type Filter = (source: StoredSource) => boolean

const statesNow = async (tx: Database, isNamed: Filter): Promise<Trust['sources']> => {
  const items = await countItems(tx)
  const deliveries = new Map((await listConnections(tx)).map((each) => [each.id, each.lastDeliveryAt]))
  return (await listSources(tx)).filter(isNamed).map((source) => ({
    id: source.id,
    title: titleOf(source),
    lastPollAt: source.lastPollAt,
    lastDeliveryAt: deliveries.get(source.connection) ?? null,
    itemsSeen: items.get(source.no)?.present ?? 0,
    error: source.lastError,
    nextAttemptAt: source.nextAttemptAt,
  }))
}

/** From what is only ever added to: the log of pulls and the facts. What was to come then is not told (ledger F22). */
const statesThen = async (tx: Database, isNamed: Filter, knownAt: IsoInstant): Promise<Trust['sources']> => {
  const pulls = await latestPulls(tx, { knownAt })
  const items = await countItemsKnownAt(tx, knownAt)
  const sources = await listSources(tx, { withRemoved: true })
  return sources
    .filter((source) => isNamed(source) && (source.removedAt === null || source.removedAt > knownAt))
    .map((source) => ({
      id: source.id,
      title: titleOf(source),
      lastPollAt: pulls.get(source.no)?.lastGood?.endedAt ?? null,
      lastDeliveryAt: null,
      itemsSeen: items.get(source.no) ?? 0,
      error: pulls.get(source.no)?.last.error ?? null,
      nextAttemptAt: null,
    }))
}

/** What a source reads, in the words of its settings. */
export const titleOf = (source: StoredSource): string =>
  String(
    source.settings.repository ??
      source.settings.project ??
      source.settings.jql ??
      source.settings.organization ??
      source.id,
  )

const judge = (
  states: Trust['sources'],
  missing: readonly string[],
  counts: TrustCounts,
  document: PlanDocument,
  now: Date,
): { level: Trust['level']; remarks: string[] } => {
  const poor: string[] = []
  const limited: string[] = []
  for (const id of missing) poor.push(`Source ${id} is named by the rules and no longer set up: set it up again.`)
  for (const state of states) {
    if (state.error !== null) limited.push(`${state.title}: ${state.error}`)
    if (state.lastPollAt === null) poor.push(`${state.title} has never been read to its end: let a sync finish.`)
    else {
      const hours = (now.getTime() - Date.parse(state.lastPollAt)) / HOUR_MS
      if (hours > 7 * 24) poor.push(`${state.title} was last read ${Math.floor(hours / 24)} days ago: check the sync.`)
      else if (hours > 24) limited.push(`${state.title} was last read ${Math.floor(hours)} hours ago: check the sync.`)
    }
  }
  const all = counts.mapped + counts.unmapped
  if (counts.unmapped > 0 && counts.unmapped / all > 0.1)
    limited.push(`${counts.unmapped} of ${all} items are taken by no rule: map them or leave their source out.`)
  if (document.unit !== 'items' && counts.mapped > 0 && counts.unestimated / counts.mapped > 0.25)
    limited.push(
      `${counts.unestimated} of ${counts.mapped} items are not estimated and count ${document.missingSize} each.`,
    )
  if (counts.settling) limited.push('A large change is being posted: numbers show the state before it.')
  return {
    level: poor.length > 0 ? 'poor' : limited.length > 0 ? 'limited' : 'good',
    remarks: [...poor, ...limited],
  }
}

const latest = (instants: readonly (string | null)[]): string | null =>
  instants.reduce((most, instant) => (instant !== null && (most === null || instant > most) ? instant : most), null)
