/**
 * Looks at every page with the fixtures: screenshots (light, dark, phone), a PDF, and what axe says of them, in
 * `test/.artifacts`. After `npm run build`: `npm exec -- node test/web/look.ts [/plan …]`.
 */
import { createServer } from 'vite'

const vite = await createServer({
  configFile: false,
  appType: 'custom',
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
const { shoot } = await vite.ssrLoadModule('/test/web/shoot.ts')
process.stdout.write(`${await shoot(process.argv.slice(2))}\n`)
await vite.close()
