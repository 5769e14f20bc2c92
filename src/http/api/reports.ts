import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { explainMeasure } from '../../reports/explain-measure.ts'
import { planCurves } from '../../reports/plan-curves.ts'
import { planItems } from '../../reports/plan-items.ts'
import { planVariance } from '../../reports/plan-variance.ts'
import { portfolioReport } from '../../reports/portfolio.ts'
import { explanationSchema } from '../../reports/shapes/explanation.ts'
import { planCurvesSchema } from '../../reports/shapes/plan-curves.ts'
import { planItemsSchema } from '../../reports/shapes/plan-items.ts'
import { planVarianceSchema } from '../../reports/shapes/plan-variance.ts'
import { portfolioSchema } from '../../reports/shapes/portfolio.ts'
import { type AppDeps, clockOf } from '../deps.ts'
import { bookedState, itemsSchema } from '../items-question.ts'
import {
  linesCursor,
  numberParameter,
  periodShape,
  planQuestion,
  textParameter,
  viewSchema,
  viewShape,
} from '../question.ts'
import { endpoint } from './endpoint.ts'

/** Everything that is asked of a plan or a portfolio. */
export const reportRoutes = (app: OpenAPIHono, deps: AppDeps): void => {
  const { store } = deps
  endpoint(
    app,
    {
      method: 'get',
      path: '/portfolio',
      id: 'readPortfolio',
      tag: 'Reports',
      summary: 'How all plans, or those of one portfolio, stand',
      query: z.strictObject({
        portfolio: textParameter().optional(),
        asOf: viewShape.asOf,
        knownAt: viewShape.knownAt,
      }),
      status: 200,
      answer: portfolioSchema.meta({ id: 'Portfolio' }),
      problems: [404, 422, 503],
    },
    ({ query }) => portfolioReport(store, { ...query, ...clockOf(deps) }),
  )
  endpoint(
    app,
    {
      method: 'get',
      path: '/plans/{plan}/report',
      id: 'readVariance',
      tag: 'Reports',
      summary: 'How a plan stands against its baseline on a status date',
      query: viewSchema,
      status: 200,
      answer: planVarianceSchema.meta({ id: 'PlanVariance' }),
      problems: [404, 422, 503],
    },
    ({ params, query }) => planVariance(store, { ...planQuestion(deps, params.plan!, query), period: query.period }),
  )
  endpoint(
    app,
    {
      method: 'get',
      path: '/plans/{plan}/curves',
      id: 'readCurves',
      tag: 'Reports',
      summary: 'Planned, earned and spent, scope and done, day by day',
      query: z.strictObject({ ...viewShape, phase: textParameter().optional() }),
      status: 200,
      answer: planCurvesSchema.meta({ id: 'PlanCurves' }),
      problems: [404, 422, 503],
    },
    ({ params, query }) => planCurves(store, { ...planQuestion(deps, params.plan!, query), phase: query.phase }),
  )
  endpoint(
    app,
    {
      method: 'get',
      path: '/plans/{plan}/items',
      id: 'listItems',
      tag: 'Reports',
      summary: 'The work items behind the numbers, a page at a time',
      query: itemsSchema,
      status: 200,
      answer: planItemsSchema.meta({ id: 'PlanItems' }),
      problems: [404, 422, 503],
    },
    ({ params, query }) =>
      planItems(store, {
        ...planQuestion(deps, params.plan!, query),
        phase: query.phase,
        state: bookedState(query.state),
        unmapped: query.unmapped,
        unestimated: query.unestimated,
        search: query.search,
        after: query.cursor,
        limit: query.limit,
      }),
  )
  endpoint(
    app,
    {
      method: 'get',
      path: '/plans/{plan}/explain/{measure}',
      id: 'explainMeasure',
      tag: 'Reports',
      summary: 'How a number came about, down to postings and baseline rows',
      query: z.strictObject({
        ...viewShape,
        ...periodShape,
        phase: textParameter().optional(),
        cursor: linesCursor.optional(),
        limit: numberParameter('how many to show', 1000).optional(),
      }),
      status: 200,
      answer: explanationSchema.meta({ id: 'Explanation' }),
      problems: [404, 422, 503],
    },
    ({ params, query }) =>
      explainMeasure(store, {
        ...planQuestion(deps, params.plan!, query),
        measure: params.measure!,
        phase: query.phase,
        period: query.period,
        after: query.cursor,
        limit: query.limit,
      }),
  )
}
