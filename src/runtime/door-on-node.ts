import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DirectDoor } from '../http/webhooks/direct-door.ts'

/**
 * Hands deliveries to the door as they come from the socket: deliveries come in bursts, and requests and answers of the
 * web's own kind cost more than all the rest of the door.
 *
 * @returns whether the request was taken; if not, nothing of it has been read
 */
export const doorOnNode =
  (door: DirectDoor) =>
  (request: IncomingMessage, response: ServerResponse): boolean => {
    const address = request.url ?? ''
    const connection = door.connectionOf(request.method ?? '', address, request.headers['content-length'])
    if (connection === null) return false
    const chunks: Buffer[] = []
    let ended = false
    const end = async (): Promise<void> => {
      ended = true
      const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
      const answer = await door.answer(connection, address, { headers: plainHeaders(request), body })
      response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
      response.end(answer.body)
    }
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.once('end', () => void end().catch(() => response.destroy()))
    request.once('close', () => {
      if (!ended) door.brokenOff(address)
    })
    request.on('error', () => {})
    return true
  }

const plainHeaders = ({ headers }: IncomingMessage): Record<string, string> => {
  const plain: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]!
    plain[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return plain
}
