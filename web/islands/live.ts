import { swapMain } from './swap.ts'

const SETTLE_MS = 250
const MOST_RETRIES = 8

/**
 * Keeps the page as fresh as the ledger: listens to `/events`, fetches this address again when a plan on it has a
 * newer revision, and says so politely. A hidden page waits until it is looked at; a server that stays away is asked
 * less and less often, then no more.
 */
export const followEvents = (afterSwap: () => void): void => {
  if (mainElement()?.dataset.live === undefined || typeof EventSource === 'undefined') return
  let source: EventSource | null = null
  let retries = 0
  let interrupted = false
  let stale = false
  let refreshing = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const refresh = async (): Promise<void> => {
    if (document.hidden || refreshing) {
      stale = true
      return
    }
    refreshing = true
    stale = false
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
      if (!answer.ok) throw new Error(String(answer.status))
      if (swapMain(await answer.text())) {
        afterSwap()
        say('Updated just now')
      } else say('There is newer data: finish your entry, then load the page again')
    } catch {
      say('Newer data could not be loaded; it is tried again with the next change')
    } finally {
      refreshing = false
      if (stale) soon()
    }
  }

  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void refresh(), SETTLE_MS)
  }

  const listen = (): void => {
    source = new EventSource('/events')
    source.addEventListener('open', () => {
      // What happened in between was told to nobody.
      if (interrupted) soon()
      interrupted = false
      retries = 0
      say('Live')
    })
    source.addEventListener('revision', (event) => {
      if (concerns(event.data)) soon()
    })
    source.addEventListener('error', () => {
      interrupted = true
      if (source?.readyState !== EventSource.CLOSED) return say('Live updates are interrupted; reconnecting')
      retries += 1
      if (retries > MOST_RETRIES) return say('Live updates have ended; load the page again to see newer data')
      setTimeout(listen, Math.min(60_000, 1000 * 2 ** retries))
    })
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && stale) soon()
  })
  addEventListener('pagehide', () => source?.close())
  addEventListener('pageshow', (event) => {
    if (event.persisted) {
      listen()
      soon()
    }
  })
  listen()
}

/** Whether an event is news for this page. */
const concerns = (text: string): boolean => {
  const { live, revision } = mainElement()?.dataset ?? {}
  try {
    const event: { plan?: unknown; revision?: unknown } = JSON.parse(text)
    if (live === '*') return true
    return event.plan === live && Number(event.revision) > Number(revision ?? 0)
  } catch {
    return false
  }
}

const mainElement = (): HTMLElement | null => document.querySelector('main')

const say = (words: string): void => {
  const line = document.getElementById('live')
  if (line !== null && line.textContent !== words) line.textContent = words
}
