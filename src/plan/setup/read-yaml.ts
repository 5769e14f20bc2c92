import { LineCounter, type Node, type Pair, isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from 'yaml'
import type { Problem } from '../../model/fault.ts'
import { type ChildPlaces, type Located, type Place, placeText } from './places.ts'
import type { SetupFile } from './setup.ts'

/** Bounds on what a file may ask of us: set-up files come from people, but also from uploads. */
const MOST_CHARACTERS = 1_000_000
const MOST_VALUES = 100_000
const DEEPEST = 60
const TOO_DEEP = `nested deeper than ${DEEPEST} levels; flatten it`

/** How a problem with the text itself begins: what is inside the file is not looked at then. */
export const NOT_YAML = 'not valid YAML'

/**
 * Reads the YAML 1.2 documents of a file into plain values with their places. Aliases are expanded within bounds;
 * a key that stands twice in one map is a problem that names both places.
 *
 * @param places gets the places of everything read
 * @returns one entry per document that is not empty; `problems` gets what is wrong
 */
export const readYaml = (
  file: SetupFile,
  places: WeakMap<object, ChildPlaces>,
  problems: Problem[],
): readonly Located[] => {
  const start: Place = { file: file.name, line: 1, column: 1 }
  if (file.text.length > MOST_CHARACTERS) {
    problems.push({ at: placeText(start), message: `the file is larger than ${MOST_CHARACTERS} characters; split it` })
    return []
  }
  const lines = new LineCounter()
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file: file.name, line: Math.max(1, line), column: Math.max(1, col) }
  }
  try {
    const parsed = parseAllDocuments(file.text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      resolveKnownTags: false,
      schema: 'core',
      logLevel: 'silent',
    })
    const documents = Array.isArray(parsed) ? parsed : []
    const before = problems.length
    const seen = new Set<number>()
    for (const document of documents)
      for (const { pos, message } of [...document.errors, ...document.warnings]) {
        // What follows at the same place is a consequence of the first.
        if (seen.has(pos[0])) continue
        seen.add(pos[0])
        const what = /call stack/i.test(message) ? TOO_DEEP : message.split('\n')[0]
        problems.push({ at: placeText(place(pos[0])), message: `${NOT_YAML}: ${what}` })
      }
    if (problems.length > before) return []
    const budget = { values: MOST_VALUES }
    return documents.flatMap((document) => {
      const contents: Node | null = document.contents
      if (contents === null || (isScalar(contents) && contents.value === null)) return []
      return [locate(contents, place, budget, places, problems)]
    })
  } catch (error) {
    if (error instanceof TooMuch) {
      problems.push({ at: placeText(error.place), message: error.message })
      return []
    }
    if (error instanceof RangeError) {
      problems.push({ at: placeText(start), message: TOO_DEEP })
      return []
    }
    throw error
  }
}

class TooMuch extends Error {
  readonly place: Place
  constructor(message: string, place: Place) {
    super(message)
    this.place = place
  }
}

const locate = (
  contents: Node,
  place: (offset: number) => Place,
  budget: { values: number },
  places: WeakMap<object, ChildPlaces>,
  problems: Problem[],
): Located => {
  const anchors = new Map<string, Node>()
  const at = (node: Node): Place => place(node.range?.[0] ?? 0)

  const plain = (node: Node | null, depth: number): unknown => {
    if (node === null) return null
    budget.values -= 1
    if (budget.values < 0)
      throw new TooMuch(`the file (with its aliases) holds more than ${MOST_VALUES} values; split it`, at(node))
    if (depth > DEEPEST) throw new TooMuch(TOO_DEEP, at(node))
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (target === undefined) {
        problems.push({ at: placeText(at(node)), message: `*${node.source}: no such anchor before this line` })
        return null
      }
      return plain(target, depth + 1)
    }
    if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node)
    if (isScalar(node)) return node.value
    const children: ChildPlaces = { keys: new Map(), values: new Map() }
    if (isSeq(node)) {
      const list: unknown[] = []
      places.set(list, children)
      for (const [index, item] of node.items.entries()) {
        const value = isPair(item) ? null : (item as Node | null)
        children.values.set(String(index), value === null ? at(node) : at(value))
        list.push(plain(value, depth + 1))
      }
      return list
    }
    const map: Record<string, unknown> = Object.create(null)
    places.set(map, children)
    if (isMap(node))
      for (const pair of node.items as Pair<Node, Node | null>[]) {
        const keyPlace = at(pair.key)
        const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : null
        if (key === null || key === '__proto__') {
          problems.push({ at: placeText(keyPlace), message: 'a key must be plain text that names something' })
          continue
        }
        const first = children.keys.get(key)
        if (first !== undefined) {
          problems.push({
            at: placeText(keyPlace),
            message: `"${key}" stands twice in this map, first at ${placeText(first)}; keep one`,
          })
          continue
        }
        children.keys.set(key, keyPlace)
        children.values.set(key, pair.value === null ? keyPlace : at(pair.value))
        map[key] = plain(pair.value, depth + 1)
      }
    return map
  }
  const root = plain(contents, 0)
  return { root, rootPlace: at(contents), places }
}
