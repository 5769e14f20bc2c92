/** A key path: `['plans', 'checkout', 'phases', 0, 'start']`. */
export type Path = readonly PropertyKey[]

/** Where something stands in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Where the children of one map or list stand: their keys (maps only) and their values. */
export interface ChildPlaces {
  readonly keys: Map<string, Place>
  readonly values: Map<string, Place>
}

/** Plain values as read from files, each with its place. Maps have no prototype. */
export interface Located {
  readonly root: unknown
  readonly rootPlace: Place
  readonly places: WeakMap<object, ChildPlaces>
}

/** `plan.yaml:12:5` */
export const placeText = (place: Place): string => `${place.file}:${place.line}:${place.column}`

/** The place of a value (or of its key); what is not there has the place of the nearest thing around it. */
export const placeOf = (located: Located, path: Path, of: 'key' | 'value' = 'value'): Place => {
  let place = located.rootPlace
  let node = located.root
  for (const [index, step] of path.entries()) {
    if (typeof node !== 'object' || node === null) break
    const children = located.places.get(node)
    const last = index === path.length - 1
    // A missing child is reported where its parent begins.
    const found = (last && of === 'key' ? children?.keys : children?.values)?.get(String(step))
    if (found === undefined) break
    place = found
    node = (node as Record<PropertyKey, unknown>)[step]
  }
  return place
}

/** What stands at a path, or `undefined`. */
export const valueAt = (root: unknown, path: Path): unknown => {
  let node = root
  for (const step of path) {
    if (typeof node !== 'object' || node === null) return undefined
    node = (node as Record<PropertyKey, unknown>)[step]
  }
  return node
}

/** `plans.checkout.phases[0].start` */
export const pathText = (path: Path): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`))
    .join('')

/** Something wrong at a path; `of: 'key'` points at the key itself. */
export interface Finding {
  readonly path: Path
  readonly message: string
  readonly of?: 'key' | 'value'
}
