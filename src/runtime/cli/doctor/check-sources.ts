import type { SyncHealth } from '../../../reports/shapes/sync-health.ts'
import { count, plural } from '../../../../web/components/format.ts'
import { type Finding, fine, remark, wrong } from './finding.ts'

/** How far each source is behind its tracker, and what each connection's deliveries wait for. */
export const checkSources = (health: SyncHealth): readonly Finding[] => [
  ...(health.sources.length === 0 ? [remark('sources', 'none is set up: nothing is read')] : []),
  ...health.sources.map((source) => checkSource(source, health.at)),
  ...health.connections.flatMap(checkDeliveries),
]

const checkSource = (source: SyncHealth['sources'][number], now: string): Finding => {
  const about = `source ${source.id}`
  const quota = source.quota
  const facts = [
    `${plural(source.items.present, 'item')}`,
    source.lastPollAt === null ? 'never read to the end' : `last read ${ago(source.lastPollAt, now)}`,
    source.lastDeliveryAt === null ? 'no webhook yet' : `last webhook ${ago(source.lastDeliveryAt, now)}`,
    `${plural(source.calls, 'call')}`,
    ...(quota?.remaining == null
      ? []
      : [`${count(quota.remaining)}${quota.limit === null ? '' : ` of ${count(quota.limit)}`} calls left`]),
  ].join(', ')
  if (source.error !== null)
    return wrong(
      about,
      `${source.error} (${plural(source.failures, 'failure')} in a row, next attempt ${source.nextAttemptAt ?? 'unknown'}; ${facts})`,
    )
  return source.lastPollAt === null
    ? remark(about, `${facts}: run "plumbline sync ${source.id}", or leave the service running`)
    : fine(about, facts)
}

const checkDeliveries = (connection: SyncHealth['connections'][number]): readonly Finding[] => {
  const about = `webhooks of ${connection.id}`
  return [
    ...(connection.dead > 0
      ? [
          wrong(
            about,
            `${plural(connection.dead, 'delivery', 'deliveries')} could not be read in eight attempts: run "plumbline sync --full" to read what they spoke of`,
          ),
        ]
      : []),
    ...(connection.refusedDeliveries > 0
      ? [
          remark(
            about,
            `${plural(connection.refusedDeliveries, 'delivery was', 'deliveries were')} refused for a missing or wrong signature: compare the secret in the tracker with webhookSecret`,
          ),
        ]
      : []),
    ...(connection.due > 0
      ? [remark(about, `${plural(connection.due, 'delivery waits', 'deliveries wait')} to be read`)]
      : []),
  ]
}

const ago = (instant: string, now: string): string => {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(instant)) / 1000))
  if (seconds < 120) return `${plural(seconds, 'second')} ago`
  if (seconds < 7_200) return `${plural(Math.round(seconds / 60), 'minute')} ago`
  return seconds < 172_800
    ? `${plural(Math.round(seconds / 3_600), 'hour')} ago`
    : `${plural(Math.round(seconds / 86_400), 'day')} ago`
}
