import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { type Assets, type Manifest, assetsOf } from '../../web/assets.ts'
import type { DirectDoor } from '../http/webhooks/direct-door.ts'
import { Fault } from '../model/fault.ts'
import { errorCode } from '../store/faults.ts'
import { doorOnNode } from './door-on-node.ts'

/** The folder of `package.json`: found from the sources as well as from a bundle in `dist/`. */
const packageFolder = (): string => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder))
    if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder
}

export const packageVersion = (): string =>
  (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version

/**
 * The built stylesheet and islands, and what serves them.
 *
 * @throws Fault misconfigured when they were not built
 */
export const builtFiles = (): { readonly assets: Assets; readonly files: MiddlewareHandler } => {
  const folder = join(packageFolder(), 'dist', 'client')
  const manifest = join(folder, 'manifest.json')
  if (!existsSync(manifest))
    throw new Fault('misconfigured', `runtime: the pages' files are not built: folder=${folder}: run npm run build`)
  const assets = assetsOf(JSON.parse(readFileSync(manifest, 'utf8')) as Manifest)
  return { assets, files: staticFiles(folder) }
}

/** Names of built files hold their hash: what was loaded once never changes. */
const staticFiles = (root: string): MiddlewareHandler =>
  serveStatic({
    root,
    onFound: (path, c) =>
      c.header(
        'cache-control',
        path.includes('assets') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
      ),
  })

export interface Listening {
  readonly port: number
  /** Finishes requests that are under way; after `patienceMs` the rest are cut off. */
  readonly close: (patienceMs: number) => Promise<void>
}

/**
 * Listens, with compression where it pays, and with the webhook door before everything else.
 *
 * @throws Fault conflict (port in use), misconfigured (address that is not this machine's, port that needs rights)
 */
export const listen = async (app: Hono, door: DirectDoor, host: string, port: number): Promise<Listening> => {
  // As a whole, not by its routes: what it answers where there is nothing belongs to it.
  const compressed = new Hono().use(compress()).all('*', (c) => app.fetch(c.req.raw, c.env))
  const answer = getRequestListener(compressed.fetch)
  const takes = doorOnNode(door)
  const server = createServer((request, response) => {
    if (!takes(request, response)) void answer(request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenFault(error, host, port)))
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: (patienceMs) =>
      new Promise((resolve) => {
        const impatient = setTimeout(() => server.closeAllConnections(), patienceMs)
        // A connection whose answer ends later would be kept for the next request.
        const idle = setInterval(() => server.closeIdleConnections(), 20)
        server.close(() => {
          clearTimeout(impatient)
          clearInterval(idle)
          resolve()
        })
      }),
  }
}

const listenFault = (error: Error, host: string, port: number): Error => {
  const code = errorCode(error)
  const at = `host=${host} port=${port}`
  if (code === 'EADDRINUSE')
    return new Fault(
      'conflict',
      `runtime: the port is in use: ${at}: stop what listens there, or choose another in PORT`,
      { cause: error },
    )
  if (code === 'EACCES')
    return new Fault('misconfigured', `runtime: the port needs more rights: ${at}: choose one above 1023 in PORT`, {
      cause: error,
    })
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Fault(
      'misconfigured',
      `runtime: the address is not one of this machine: ${at}: write 127.0.0.1 or another of its addresses in HOST`,
      { cause: error },
    )
  return error
}
