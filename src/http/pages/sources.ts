import { Hono } from 'hono'
import { renderSources } from '../../../web/render.tsx'
import { syncHealth } from '../../reports/sync-health.ts'
import { headDocuments } from '../../store/plan-documents.ts'
import type { AppDeps } from '../deps.ts'
import { page } from './page.ts'

/** `/sources`: how the reading of each source goes. */
export const sourcesPage = (deps: AppDeps): Hono =>
  new Hono().get('/sources', async (c) => {
    const { sync, store, assets } = deps
    const report = await syncHealth(store, { now: sync.now(), pollSeconds: sync.pollSeconds })
    const zones = new Set((await headDocuments(store.db)).map(({ document }) => document.zone))
    const [zone = deps.config.zone] = zones
    return page(c, renderSources({ assets, timezone: zones.size > 1 ? 'UTC' : zone, report }))
  })
