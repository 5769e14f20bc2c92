import type { FaultKind } from '../../model/fault.ts'

type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 421 | 422 | 429 | 500 | 503

/** The one place where a kind of fault becomes an HTTP status. */
const STATUS: Readonly<Record<FaultKind, ErrorStatus>> = {
  rateLimited: 429,
  unavailable: 503,
  unauthenticated: 401,
  forbidden: 403,
  invalid: 422,
  notFound: 404,
  conflict: 409,
  misconfigured: 500,
}

const TITLES: Readonly<Record<ErrorStatus, string>> = {
  400: 'Cannot be read',
  401: 'Not accepted',
  403: 'Not allowed',
  404: 'Not found',
  409: 'In conflict with something else',
  413: 'Too large',
  415: 'Wrong kind of content',
  421: 'Wrong address',
  422: 'Something in the request is wrong',
  429: 'Too many requests',
  500: 'Something went wrong here',
  503: 'Not available now',
}

export type { ErrorStatus }

export const statusOf = (kind: FaultKind): ErrorStatus => STATUS[kind]

export const titleOf = (status: ErrorStatus): string => TITLES[status]
