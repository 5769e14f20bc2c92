/**
 * Puts the `<main>` of a freshly loaded page in place of this one's. Scroll positions, the focus and what is folded
 * open stay as they are.
 *
 * @returns false when somebody is filling in a form, so that nothing was replaced
 */
export const swapMain = (html: string): boolean => {
  const old = document.querySelector('main')
  const next = new DOMParser().parseFromString(html, 'text/html')
  const fresh = next.querySelector('main')
  if (old === null || fresh === null) return true
  if (isBeingFilledIn(old)) return false

  const focused = old.contains(document.activeElement) ? pathTo(document.activeElement, old) : null
  const scrolls = [...old.querySelectorAll<HTMLElement>('.scroll[id]')].map(({ id, scrollLeft, scrollTop }) => ({
    id,
    scrollLeft,
    scrollTop,
  }))
  const { scrollX, scrollY } = window
  for (const details of old.querySelectorAll<HTMLDetailsElement>('details[id]')) {
    const same = fresh.querySelector<HTMLDetailsElement>(`#${CSS.escape(details.id)}`)
    if (same !== null) same.open = details.open
  }
  document.title = next.title
  old.replaceWith(document.adoptNode(fresh))
  for (const { id, scrollLeft, scrollTop } of scrolls) {
    const same = document.getElementById(id)
    if (same !== null) Object.assign(same, { scrollLeft, scrollTop })
  }
  if (focused !== null) find(fresh, focused)?.focus({ preventScroll: true })
  window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' })
  return true
}

/** Where an element is, in terms that hold in another rendering of the same page. */
interface Place {
  readonly id: string
  readonly href: string | null
  readonly tag: string
  readonly position: number
}

const pathTo = (element: Element | null, root: Element): Place | null => {
  if (element === null) return null
  const tag = element.tagName.toLowerCase()
  return {
    id: element.id,
    href: element.getAttribute('href'),
    tag,
    position: [...root.querySelectorAll(tag)].indexOf(element),
  }
}

const find = (root: Element, { id, href, tag, position }: Place): HTMLElement | null => {
  if (id !== '') return root.querySelector(`#${CSS.escape(id)}`)
  if (href !== null) return root.querySelector(`${tag}[href="${CSS.escape(href)}"]`)
  return root.querySelectorAll<HTMLElement>(tag)[position] ?? null
}

const isBeingFilledIn = (main: Element): boolean =>
  [...main.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')].some((input) =>
    input.type === 'checkbox' ? input.checked !== input.defaultChecked : input.value !== input.defaultValue,
  )
