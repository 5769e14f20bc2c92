import { Fault } from '../model/fault.ts'

/** The SQLSTATE or system code of a database error; `null` when it has none. */
export const errorCode = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null

/** A row with this key exists already. */
export const isDuplicate = (error: unknown): boolean => errorCode(error) === '23505'

const LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  '57P01',
  '57P02',
  '57P03',
])

/** What somebody can do about a database error; `null` = a bug, not an expected failure. */
export const storeFault = (error: unknown): Fault | null => {
  if (error instanceof Fault) return null
  const code = errorCode(error) ?? ''
  if (code === '53100' || code === 'ENOSPC' || /no space left on device/i.test(messageOf(error))) return diskFull(error)
  if (code === '53300')
    return new Fault(
      'unavailable',
      'store: PostgreSQL has no connection left: raise max_connections or run fewer replicas',
      {
        cause: error,
      },
    )
  if (LOST.has(code) || code.startsWith('08'))
    return new Fault(
      'unavailable',
      `store: the database does not answer: code=${code}: check that it runs, then try again`,
      {
        cause: error,
      },
    )
  return null
}

export const diskFull = (cause: unknown): Fault =>
  new Fault('unavailable', 'store: the disk is full: free space on the disk of the database, then try again', { cause })

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '')
