import { Fault } from '../model/fault.ts'

/** Far more than a page of a hundred items with long histories; far less than a process has memory. */
const MOST_BYTES = 128 * 1024 * 1024

/**
 * A `fetch` for trackers: follows no redirect, since another host's answer is not the tracker's, and breaks off an answer
 * that does not end.
 *
 * @throws Fault `unavailable` from the body, once it is larger than `mostBytes`
 */
export const boundedFetch =
  (fetch: typeof globalThis.fetch, mostBytes = MOST_BYTES): typeof globalThis.fetch =>
  async (input, init) => {
    const answer = await fetch(input, { redirect: 'manual', ...init })
    return answer.body ? new Response(answer.body.pipeThrough(upTo(mostBytes)), answer) : answer
  }

const upTo = (mostBytes: number): TransformStream<Uint8Array, Uint8Array> => {
  let size = 0
  return new TransformStream({
    transform: (chunk, controller) => {
      size += chunk.length
      if (size <= mostBytes) controller.enqueue(chunk)
      else
        controller.error(
          new Fault('unavailable', `sync: the tracker's answer is larger than ${mostBytes} bytes: check the url`),
        )
    },
  })
}
