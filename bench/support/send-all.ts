import { Agent, request } from 'node:http'
import type { SignedDelivery } from './deliveries.ts'

const AT_ONCE = 64

/**
 * Sends every delivery once over 64 connections that stay open.
 *
 * @returns deliveries a second
 * @throws Error when one is answered with anything but 2xx
 */
export const sendAll = async (url: string, deliveries: readonly SignedDelivery[]): Promise<number> => {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  let next = 0
  const worker = async (): Promise<void> => {
    for (let delivery = deliveries[next++]; delivery; delivery = deliveries[next++]) {
      const status = await send(url, delivery, agent)
      if (status < 200 || status > 299) throw new Error(`bench: a delivery was refused: url=${url} status=${status}`)
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const seconds = (performance.now() - begun) / 1000
  agent.destroy()
  return deliveries.length / seconds
}

const send = (url: string, { headers, body }: SignedDelivery, agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body))
    const call = request(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': length } },
      (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    call.once('error', reject)
    call.end(body)
  })
