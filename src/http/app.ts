import { Hono } from 'hono'
import { api } from './api/api.ts'
import type { AppDeps } from './deps.ts'
import { events } from './events/events.ts'
import { headWatch } from './events/head-watch.ts'
import { checkAddress } from './guards/check-address.ts'
import { checkHost } from './guards/check-host.ts'
import { checkOrigin } from './guards/check-origin.ts'
import { limitBody } from './guards/limit-body.ts'
import { securityHeaders } from './guards/security-headers.ts'
import { health } from './health.ts'
import { createMeter } from './metrics/meter.ts'
import { measureRequests, metrics } from './metrics/metrics.ts'
import { explanationPages } from './pages/explanation.ts'
import { itemsPages } from './pages/items.ts'
import { planPages } from './pages/plan.ts'
import { portfolioPages } from './pages/portfolio.ts'
import { setupPages } from './pages/setup/setup.ts'
import { sourcesPage } from './pages/sources.ts'
import { openDoor } from '../sync/receive-delivery.ts'
import { answerErrors } from './problems/answer-errors.ts'
import { type DirectDoor, directDoor } from './webhooks/direct-door.ts'
import { answerDelivery } from './webhooks/answer-delivery.ts'
import { webhooks } from './webhooks/webhooks.ts'

/** Every address of the service. Asks nothing of the machine that Workers do not have as well. */
export const createApp = (given: AppDeps): Hono => createAppAndDoor(given).app

/** The same, and its webhook door for a server that reads requests itself. */
export const createAppAndDoor = (given: AppDeps): { readonly app: Hono; readonly door: DirectDoor } => {
  const meter = createMeter()
  const watch = headWatch(given.store.db)
  const wake = (): void => {
    watch.hurry()
    given.wake()
  }
  const door = openDoor(given.sync, given.later)
  const deliveries = answerDelivery({ ...given, wake }, door, meter)
  // Whatever is applied here may have changed a secret.
  const deps: AppDeps = {
    ...given,
    wake: () => {
      door.forget()
      wake()
    },
  }
  const app = new Hono()
  answerErrors(app, deps)
  app.use('*', measureRequests(meter), securityHeaders)
  app.use('*', checkHost(deps.config), checkOrigin(deps.config), checkAddress, limitBody)
  app.route('/', webhooks(deliveries))
  app.route('/', health(deps))
  app.route('/', metrics(deps, meter))
  app.route('/', events(watch, deps))
  app.route('/api/v1', api(deps))
  app.route('/', portfolioPages(deps))
  app.route('/', planPages(deps))
  app.route('/', itemsPages(deps))
  app.route('/', explanationPages(deps))
  app.route('/', sourcesPage(deps))
  app.route('/', setupPages(deps))
  app.get('/favicon.ico', (c) => c.redirect('/favicon.svg', 301))
  if (deps.files) app.use('*', deps.files)
  return { app, door: directDoor(deliveries, meter) }
}
