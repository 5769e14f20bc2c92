import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startGitHub } from '../../demo/stand-ins/github/server.ts'
import { TOKEN } from '../support/bench-setup.ts'
import { makeRepository } from '../support/make-repository.ts'

/**
 * The tracker as a process of its own. An answer that was given once is given again from memory: what is measured is
 * Plumbline, and a real tracker's computing is not paid by this machine.
 */
const remembered = new Map<string, { readonly status: number; readonly headers: Headers; readonly body: Buffer }>()
const standIn = await startGitHub({
  state: makeRepository(Number(process.argv[2])),
  token: TOKEN,
  quota: 1_000_000,
  now: () => new Date('2026-06-01T00:00:00Z'),
})

const server = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const asked = Buffer.concat(parts)
  const key = `${request.method} ${request.url} ${asked.toString()}`
  let known = remembered.get(key)
  if (!known) {
    const answer = await fetch(`${standIn.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(asked.length > 0 && { body: asked }),
    })
    known = { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) }
    remembered.set(key, known)
  }
  const headers = [...known.headers].filter(([name]) => !/^(content-length|transfer-encoding|connection)/.test(name))
  response.writeHead(known.status, [...headers.flat(), 'content-length', String(known.body.length)])
  response.end(known.body)
})
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.once('disconnect', () => process.exit())
