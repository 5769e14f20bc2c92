/** Enough of HTML to hold pages to account: tags in order, their attributes, and the text between them. */
export interface Piece {
  readonly kind: 'open' | 'close' | 'text'
  /** Tag name, or the text with its entities as they stand. */
  readonly value: string
  readonly attributes: Readonly<Record<string, string>>
}

const VOID = new Set(['area', 'base', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'])
const TOKEN = /<!doctype html>|<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/gy

/** @throws Error where a character belongs to no tag and no text, e.g. a bare `<` */
export const piecesOf = (html: string): readonly Piece[] => {
  const pieces: Piece[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < html.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(html)
    if (match === null) throw new Error(`not HTML at ${at}: ${html.slice(at, at + 60)}`)
    const [, slash, tag, attributes = '', selfClosing, text] = match
    if (text !== undefined) pieces.push({ kind: 'text', value: text, attributes: {} })
    else if (tag !== undefined) {
      pieces.push({ kind: slash ? 'close' : 'open', value: tag, attributes: attributesOf(attributes) })
      if (!slash && (selfClosing || VOID.has(tag))) pieces.push({ kind: 'close', value: tag, attributes: {} })
    }
  }
  return pieces
}

/** What is opened and not closed, or closed and not open; empty = well formed. */
export const unbalanced = (html: string): readonly string[] => {
  const open: string[] = []
  const wrong: string[] = []
  for (const { kind, value } of piecesOf(html)) {
    if (kind === 'open') open.push(value)
    if (kind === 'close' && open.pop() !== value) wrong.push(`</${value}>`)
  }
  return [...wrong, ...open.map((tag) => `<${tag}>`)]
}

/** Text outside the elements that `inside` picks, within the elements that `of` picks. */
export const textOutside = (
  html: string,
  of: (piece: Piece) => boolean,
  inside: (piece: Piece) => boolean,
): readonly string[] => {
  const found: string[] = []
  const stack: { readonly wanted: boolean; readonly excused: boolean }[] = [{ wanted: false, excused: false }]
  for (const piece of piecesOf(html)) {
    const top = stack.at(-1)!
    if (piece.kind === 'open') stack.push({ wanted: top.wanted || of(piece), excused: top.excused || inside(piece) })
    else if (piece.kind === 'close') stack.pop()
    else if (top.wanted && !top.excused && piece.value.trim() !== '') found.push(piece.value.trim())
  }
  return found
}

/** Text of every link to an address, tags taken out. */
export const linkTexts = (html: string, href: string): readonly string[] =>
  html
    .split('<a ')
    .slice(1)
    .filter((rest) => rest.slice(0, rest.indexOf('>')).includes(`href="${href.replaceAll('&', '&amp;')}"`))
    .map((rest) => rest.slice(rest.indexOf('>') + 1, rest.indexOf('</a>')).replace(/<[^>]+>/g, ''))

const attributesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name!, value ?? '']))
