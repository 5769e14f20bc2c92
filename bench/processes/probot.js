import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { Probot, createNodeMiddleware } from 'probot'

// The peer as its users run it: verifies, parses, calls one handler that does nothing, stores nothing, logs nothing.
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
})
const probot = new Probot({ appId: 1, privateKey, secret: process.argv[2], logLevel: 'fatal' })
const handle = await createNodeMiddleware((app) => app.on('issues', () => {}), {
  probot,
  webhooksPath: '/webhooks/bench',
})
const server = createServer((request, response) => {
  handle(request, response, () => response.writeHead(404).end())
})
server.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}/webhooks/bench`))
process.once('disconnect', () => process.exit())
