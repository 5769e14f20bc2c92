import { createServer } from 'node:net'

/**
 * A port on the loopback address that nobody uses.
 *
 * @param wanted taken when it is free, else the first of the next 100 that is; 0 = any
 */
export const freePort = async (wanted: number): Promise<number> => {
  for (let port = wanted; wanted > 0 && port < wanted + 100 && port <= 65_535; port += 1)
    if ((await tryPort(port)) !== null) return port
  const any = await tryPort(0)
  if (any === null) throw new Error('the system gives no port on the loopback address')
  return any
}

/** @returns the port, which is free again; `null` = somebody uses it */
const tryPort = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address()
      const given = typeof address === 'object' && address !== null ? address.port : null
      server.close(() => resolve(given))
    })
  })
