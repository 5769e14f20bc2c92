import type { Problem } from '../../model/fault.ts'
import { type ChildPlaces, type Located, type Place, placeText } from './places.ts'

/** The parts of a set-up that several files may share: maps from id to thing. */
export const SECTIONS = ['connections', 'sources', 'resources', 'plans', 'portfolios'] as const
export type Section = (typeof SECTIONS)[number]

/** Several documents as one. The same id in two of them is a problem that names both places. */
export const mergeDocuments = (
  documents: readonly Located[],
  fallback: Place,
  places: WeakMap<object, ChildPlaces>,
  problems: Problem[],
): Located => {
  const root: Record<string, unknown> = Object.create(null)
  const rootChildren = emptyPlaces()
  places.set(root, rootChildren)
  for (const document of documents) {
    const top = document.root
    if (!isMap(top)) {
      problems.push({
        at: placeText(document.rootPlace),
        message: `a set-up file is a map with the keys ${SECTIONS.join(', ')}`,
      })
      continue
    }
    for (const key of Object.keys(top)) mergeKey(key, top)
  }
  return { root, rootPlace: documents[0]?.rootPlace ?? fallback, places }

  function mergeKey(key: string, top: Record<string, unknown>): void {
    const from = places.get(top)!
    const present = root[key]
    const added = top[key]
    if (present === undefined || present === null) {
      rootChildren.keys.set(key, from.keys.get(key)!)
      rootChildren.values.set(key, from.values.get(key)!)
      if (isMap(added) && isSection(key)) {
        // A copy, so that merging never writes into a document.
        const children = places.get(added)!
        const copy: Record<string, unknown> = Object.assign(Object.create(null), added)
        places.set(copy, { keys: new Map(children.keys), values: new Map(children.values) })
        root[key] = copy
      } else root[key] = added
      return
    }
    if (added === null) return
    if (!isSection(key) || !isMap(present) || !isMap(added)) {
      const first = rootChildren.keys.get(key)!
      const at = placeText(from.keys.get(key)!)
      problems.push({ at, message: `"${key}" stands in two files, first at ${placeText(first)}; keep one` })
      return
    }
    const into = places.get(present)!
    const children = places.get(added)!
    for (const id of Object.keys(added)) {
      const first = into.keys.get(id)
      const place = children.keys.get(id)!
      if (first !== undefined) {
        const message = `${key}.${id} stands twice, first at ${placeText(first)}; keep one or give the other another id`
        problems.push({ at: placeText(place), message })
        continue
      }
      present[id] = added[id]
      into.keys.set(id, place)
      into.values.set(id, children.values.get(id)!)
    }
  }
}

const isSection = (key: string): key is Section => SECTIONS.some((section) => section === key)

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const emptyPlaces = (): ChildPlaces => ({ keys: new Map(), values: new Map() })
