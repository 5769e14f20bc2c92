import { Hono, type MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { syncHealth } from '../../reports/sync-health.ts'
import { readHeads } from '../../store/heads.ts'
import type { AppDeps } from '../deps.ts'
import { type Meter, family, label } from './meter.ts'

/** Counts every request under the pattern of the route that answered it. */
export const measureRequests =
  (meter: Meter): MiddlewareHandler =>
  async (c, next) => {
    const start = performance.now()
    await next()
    const route = routePath(c, -1)
    meter.request(c.req.method, route.endsWith('*') ? 'other' : route, c.res.status, (performance.now() - start) / 1000)
  }

/** `/metrics`, in the text format of Prometheus: this process's own counts, and what the database knows of the sync. */
export const metrics = (deps: AppDeps, meter: Meter): Hono =>
  new Hono().get('/metrics', async (c) => {
    const { sync, store, config } = deps
    const health = await syncHealth(store, { now: sync.now(), pollSeconds: sync.pollSeconds })
    const heads = await readHeads(store.db)
    const perSource = (value: (source: (typeof health.sources)[number]) => number | null) =>
      health.sources.flatMap((source): [string, number][] => {
        const number = value(source)
        return number === null ? [] : [[`source="${label(source.id)}"`, number]]
      })
    const perConnection = (value: (connection: (typeof health.connections)[number]) => number) =>
      health.connections.map((each): [string, number] => [`connection="${label(each.id)}"`, value(each)])
    const lines = [
      ...family('plumbline_info', 'gauge', 'The version that runs.', [[`version="${label(config.version)}"`, 1]]),
      ...meter.lines(),
      ...family(
        'plumbline_deliveries_total',
        'counter',
        'Deliveries looked at, of all replicas.',
        perConnection((each) => each.deliveries),
      ),
      ...family(
        'plumbline_deliveries_refused_total',
        'counter',
        'Deliveries that were not signed with a known secret.',
        perConnection((each) => each.refusedDeliveries),
      ),
      ...family(
        'plumbline_deliveries_due',
        'gauge',
        'Deliveries that wait to be looked at.',
        perConnection((each) => each.due),
      ),
      ...family(
        'plumbline_deliveries_dead',
        'gauge',
        'Deliveries given up after many attempts.',
        perConnection((each) => each.dead),
      ),
      ...family(
        'plumbline_source_items',
        'gauge',
        'Work items that a source shows.',
        perSource((source) => source.items.present),
      ),
      ...family(
        'plumbline_source_calls_total',
        'counter',
        'Calls made to the tracker.',
        perSource((source) => source.calls),
      ),
      ...family(
        'plumbline_source_failures',
        'gauge',
        'Pulls that failed in a row.',
        perSource((source) => source.failures),
      ),
      ...family(
        'plumbline_source_last_poll_timestamp_seconds',
        'gauge',
        'When a listing last went through to its end.',
        perSource((source) => (source.lastPollAt === null ? null : Date.parse(source.lastPollAt) / 1000)),
      ),
      ...family(
        'plumbline_plan_revision',
        'gauge',
        'The newest revision of a plan.',
        heads.map((head) => [`plan="${label(head.plan)}"`, head.revision]),
      ),
      ...family(
        'plumbline_plan_settling',
        'gauge',
        '1 while a large change is being posted.',
        heads.map((head) => [`plan="${label(head.plan)}"`, head.reserved === null ? 0 : 1]),
      ),
    ]
    return c.text(`${lines.join('\n')}\n`, 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    })
  })
