import { Fault } from '../../model/fault.ts'
import type { IssueQuery, Listing, ListedId } from './api.ts'
import { jqlMinute, quoted } from './jql.ts'
import { at, instantOf } from './raw.ts'

/** The query of a listing from an instant on, in order. */
export const listingJql = ({ jql, order, zone }: Listing, from: Listing['from']): string =>
  `${from === null ? jql : `(${jql}) AND ${order} >= ${quoted(jqlMinute(from, zone))}`} ORDER BY ${order} ASC, key ASC`

export const listedId = (issue: unknown): ListedId => ({
  id: String(at(issue, 'id')),
  created: instantOf(at(at(issue, 'fields'), 'created')),
  updated: instantOf(at(at(issue, 'fields'), 'updated')),
})

export const idsJql = ({ jql, by }: IssueQuery, ids: readonly string[]): string =>
  `${by} in (${ids.map((id) => (by === 'id' ? id : quoted(id))).join(', ')})${jql === null ? '' : ` AND (${jql})`}`

/**
 * Searches by ids in pieces. Some versions answer a list with an unknown id by refusing all of it: the ids that they
 * name are taken out, and where none is named the list is halved until the unknown one stands alone.
 */
export const searchInPieces = async <T>(
  ids: readonly string[],
  size: number,
  search: (ids: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> => {
  const found: T[] = []
  const pieces = inPieces(ids, size)
  for (let piece = pieces.shift(); piece; piece = pieces.shift()) {
    try {
      found.push(...(await search(piece)))
    } catch (fault) {
      if (!(fault instanceof Fault) || fault.kind !== 'invalid' || !/does not exist|permission/i.test(fault.message))
        throw fault
      const named = new Set([...fault.message.matchAll(/'([^']+)'/g)].map((match) => match[1]))
      const rest = piece.filter((id) => !named.has(id))
      if (rest.length < piece.length) pieces.unshift(...inPieces(rest, size))
      else if (piece.length > 1) pieces.unshift(...inPieces(piece, Math.ceil(piece.length / 2)))
    }
  }
  return found
}

export const inPieces = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
