import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { type Manifest, assetsOf } from '../../web/assets.ts'
import { everyPage } from './every-page.ts'

/** Every page with the fixtures, for looking at: `/portfolio`, `/plan-without-a-baseline`, … */
const preview = new Hono()
const manifest: Manifest = JSON.parse(readFileSync('dist/client/manifest.json', 'utf8'))
const pages = Object.entries(everyPage(assetsOf(manifest))).map(([name, html]) => ({
  path: `/${name.replace(/[^a-z]+/g, '-')}`,
  html,
}))

export const previewPaths = pages.map(({ path }) => path)

for (const { path, html } of pages) preview.get(path, (c) => c.html(html))
preview.get('/events', () => {
  const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode(':\n\n')) })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
})
preview.use('*', serveStatic({ root: 'dist/client' }))

export const servePreview = (): Promise<{ readonly url: string; readonly close: () => void }> =>
  new Promise((resolve) => {
    const server = serve({ fetch: preview.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({ url: `http://127.0.0.1:${port}`, close: () => server.close() }),
    )
  })
