import { existsSync } from 'node:fs'
import { defineConfig } from 'vite'

// While the command line does not exist yet, the rest is built without it.
const entries = { cli: 'src/runtime/cli/main.ts', measures: 'src/measures/index.ts' }
const server = Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)))

export default defineConfig({
  appType: 'custom',
  publicDir: 'web/public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  environments: {
    client: {
      build: {
        outDir: 'dist/client',
        manifest: 'manifest.json',
        rolldownOptions: { input: ['web/islands/main.ts', 'web/styles/plumbline.css'] },
      },
    },
    ssr: {
      build: {
        outDir: 'dist/server',
        ssr: true,
        sourcemap: true,
        emptyOutDir: true,
        copyPublicDir: false,
        rolldownOptions: { input: server, output: { entryFileNames: '[name].js' } },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      await builder.build(builder.environments.client!)
      if (Object.keys(server).length > 0) await builder.build(builder.environments.ssr!)
    },
  },
})
