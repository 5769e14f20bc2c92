import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { boundedFetch } from '../../src/sync/bounded-fetch.ts'

const asked: string[] = []
let server: Server
let root: string
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end()
    else if (request.url === '/endless') {
      const more = (): void => void response.write(Buffer.alloc(65_536), more)
      response.on('error', () => {})
      more()
    } else response.end('1234567890')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('a redirect is given back, and what it leads to is never asked', async () => {
  const answer = await boundedFetch(fetch)(`${root}/moved`)
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/elsewhere'])
  expect(asked).not.toContain('/elsewhere')
})

test('an answer as large as is allowed is whole', async () => {
  const answer = await boundedFetch(fetch, 10)(`${root}/ten`)
  expect([answer.status, await answer.text()]).toEqual([200, '1234567890'])
})

test('an answer that does not end is broken off', async () => {
  const answer = await boundedFetch(fetch, 1_000_000)(`${root}/endless`)
  await expect(answer.text()).rejects.toMatchObject({ kind: 'unavailable' })
})
