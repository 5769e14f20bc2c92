import { expect, test } from 'vitest'
import { SETTINGS, parseConfig, settingsTable } from '../../src/runtime/config.ts'

test('an empty environment means an embedded database, on this machine only', () => {
  expect(parseConfig({})).toEqual({
    databaseUrl: null,
    dataFolder: '.plumbline/',
    port: 4680,
    host: '127.0.0.1',
    allowRemote: false,
    publicUrl: null,
    secret: null,
    pollSeconds: 300,
    logLevel: 'info',
  })
  expect(parseConfig({ PORT: '', DATABASE_URL: '  ' })).toEqual(parseConfig({}))
})

test('every setting is read from its variable', () => {
  const config = parseConfig({
    DATABASE_URL: 'postgres://me:pw@db.acme.test:5432/plumbline',
    PLUMBLINE_DATA: 'data',
    PORT: '0',
    HOST: '0.0.0.0',
    PLUMBLINE_ALLOW_REMOTE: 'true',
    PUBLIC_URL: 'https://plumbline.acme.test/',
    PLUMBLINE_SECRET: '0123456789abcdef',
    PLUMBLINE_POLL_SECONDS: '60',
    LOG_LEVEL: 'debug',
  })
  expect(config).toEqual({
    databaseUrl: 'postgres://me:pw@db.acme.test:5432/plumbline',
    dataFolder: 'data',
    port: 0,
    host: '0.0.0.0',
    allowRemote: true,
    publicUrl: 'https://plumbline.acme.test',
    secret: '0123456789abcdef',
    pollSeconds: 60,
    logLevel: 'debug',
  })
})

test('everything that is wrong is named at once, with what to write, and no value is told', () => {
  const wrong = {
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    PORT: '70000',
    PLUMBLINE_ALLOW_REMOTE: 'perhaps',
    PUBLIC_URL: 'plumbline.acme.test',
    PLUMBLINE_SECRET: 'hunter2',
    PLUMBLINE_POLL_SECONDS: '1.5',
    LOG_LEVEL: 'loud',
  }
  expect(() => parseConfig(wrong)).toThrow(expect.objectContaining({ name: 'Fault', kind: 'misconfigured' }))
  try {
    parseConfig(wrong)
  } catch (error) {
    const { message, problems } = error as { message: string; problems: { at: string; message: string }[] }
    expect(problems.map(({ at }) => at).sort()).toEqual(Object.keys(wrong).sort())
    for (const { at } of problems) expect(message).toContain(at)
    expect(message).toContain('postgres://user:password@host:5432/name')
    expect(message).not.toContain('hunter2')
  }
})

test('the table for the README has a line for every setting', () => {
  const lines = settingsTable().split('\n')
  expect(lines).toHaveLength(2 + Object.keys(SETTINGS).length)
  for (const { name, help } of Object.values(SETTINGS))
    expect(lines.filter((line) => line.startsWith(`| \`${name}\` |`) && line.endsWith(`| ${help} |`))).toHaveLength(1)
})
