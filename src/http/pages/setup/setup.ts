import { Hono } from 'hono'
import type { AppDeps } from '../../deps.ts'
import { baselinePage } from './baseline.ts'
import { connectPage } from './connect.ts'
import { draftPage } from './draft.ts'
import { choosePage } from './sources.ts'

/** From nothing to a first dashboard: connect, choose, draft, freeze. Plain forms, each step with its own address. */
export const setupPages = (deps: AppDeps): Hono =>
  new Hono()
    .route('/', connectPage(deps))
    .route('/', choosePage(deps))
    .route('/', draftPage(deps))
    .route('/', baselinePage(deps))
