import { Hono } from 'hono'
import type { AppDeps } from '../deps.ts'
import { eventId, heardNow, heardUntil } from './event-id.ts'
import type { HeadWatch, SeenHead } from './head-watch.ts'

const HEARTBEAT_MS = 15_000
const RETRY_MS = 2000

/**
 * `/events`: says `{ plan, revision }` when a plan has a newer revision, and nothing else. `Last-Event-ID` goes on where
 * a listener was cut off; without it, what is there already counts as heard.
 */
export const events = (watch: HeadWatch, { closing }: Pick<AppDeps, 'closing'>): Hono =>
  new Hono().get('/events', async (c) => {
    const lastId = c.req.header('last-event-id')
    const heads = await watch.read()
    const heard = lastId === undefined ? heardNow(heads) : (heardUntil(lastId) ?? new Map<number, number>())
    const text = new TextEncoder()
    let end = (): void => {}
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        const say = (lines: string): void => stream.enqueue(text.encode(`${lines}\n\n`))
        const tell = (news: readonly SeenHead[]): void => {
          for (const { planNo, plan, revision } of news) {
            if ((heard.get(planNo) ?? 0) >= revision) continue
            heard.set(planNo, revision)
            say(`event: revision\nid: ${eventId(heard)}\ndata: ${JSON.stringify({ plan, revision })}`)
          }
        }
        // An id without data is remembered by browsers and shown to nobody.
        say(`retry: ${RETRY_MS}\nid: ${eventId(heard)}`)
        tell(heads)
        const unfollow = watch.follow(tell)
        const heartbeat = setInterval(() => say(': still here'), HEARTBEAT_MS)
        const stop = (): void => {
          unfollow()
          clearInterval(heartbeat)
          closing?.removeEventListener('abort', close)
        }
        const close = (): void => {
          stop()
          stream.close()
        }
        closing?.addEventListener('abort', close)
        end = stop
        if (closing?.aborted) close()
      },
      cancel: () => end(),
    })
    return new Response(body, {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        // Proxies would otherwise hold events back.
        'x-accel-buffering': 'no',
      },
    })
  })
