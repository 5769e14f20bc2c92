import { defineConfig } from 'vitest/config'

const oxc = { jsx: { runtime: 'automatic' as const, importSource: 'hono/jsx' } }
/** Bounds for what hangs, wide enough for a busy machine; no test asserts speed. */
const base = { testTimeout: 180_000, hookTimeout: 180_000 }
const pure = ['model', 'ledger', 'measures', 'files', 'trackers', 'contracts', 'house', 'web']
const database = ['store', 'settle', 'identity', 'sync', 'reports', 'plan', 'access', 'http', 'jobs', 'runtime', 'real']

export default defineConfig({
  test: {
    projects: [
      { oxc, test: { ...base, name: 'pure', include: pure.map((room) => `test/${room}/**/*.test.{ts,tsx}`) } },
      {
        oxc,
        test: {
          ...base,
          name: 'database',
          include: database.map((room) => `test/${room}/**/*.test.{ts,tsx}`),
          globalSetup: ['test/support/databases.setup.ts'],
        },
      },
      {
        oxc,
        test: {
          ...base,
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          globalSetup: ['test/support/databases.setup.ts', 'test/support/browser.setup.ts'],
        },
      },
    ],
  },
})
