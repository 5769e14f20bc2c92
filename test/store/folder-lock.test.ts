import { spawn } from 'node:child_process'
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { lockFolder } from '../../src/store/folder-lock.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const module = join(import.meta.dirname, '../../src/store/folder-lock.ts')

/** A process that takes the folder and says `mine` or why not; it ends when its input does. */
const contender = (folder: string) => {
  const script = `
    import { lockFolder } from ${JSON.stringify(module)}
    try { lockFolder(${JSON.stringify(folder)}); console.log('mine') } catch (error) { console.log(error.message) }
    process.stdin.resume()`
  const child = spawn(process.execPath, [
    '--experimental-strip-types',
    '--no-warnings',
    '--input-type=module',
    '--eval',
    script,
  ])
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const said = new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => resolve(String(chunk).trim())),
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return { child, said, ended }
}

const lockOf = (folder: string) => `${folder}.lock`
const claim = (folder: string, holder: object) =>
  writeFileSync(lockOf(folder), JSON.stringify({ token: 't', ...holder }))
const age = (folder: string, seconds: number) => {
  const then = new Date(Date.now() - seconds * 1000)
  utimesSync(lockOf(folder), then, then)
}
const held = { kind: 'conflict' }

describe('a folder belongs to one process', () => {
  test('another one is told its number, and gets it when it is given back', async () => {
    const folder = join(temporaryFolder(), 'data')
    const release = lockFolder(folder)
    const second = contender(folder)
    expect(await second.said).toContain(`pid=${process.pid}: stop that process`)
    release()
    expect(existsSync(lockOf(folder))).toBe(false)
    expect(await contender(folder).said).toBe('mine')
  })

  test('of many that ask at once one gets it', async () => {
    const folder = join(temporaryFolder(), 'data')
    claim(folder, { pid: 2 ** 22 + 1, startedAt: '1', host: hostname() })
    const answers = await Promise.all(Array.from({ length: 5 }, () => contender(folder).said))
    expect(answers.filter((answer) => answer === 'mine')).toHaveLength(1)
  })

  test('also within one process', () => {
    const folder = join(temporaryFolder(), 'data')
    const release = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(`pid=${process.pid}`)
    release()
  })

  test('a holder that was killed is gone; one that ends cleanly takes its lock with it', async () => {
    const folder = join(temporaryFolder(), 'data')
    const killed = contender(folder)
    expect(await killed.said).toBe('mine')
    killed.child.kill('SIGKILL')
    await killed.ended
    expect(existsSync(lockOf(folder))).toBe(true)
    const next = contender(folder)
    expect(await next.said).toBe('mine')
    next.child.stdin.end()
    await next.ended
    expect(existsSync(lockOf(folder))).toBe(false)
  })

  test('a process that was given the number of a dead holder is not the holder', () => {
    const folder = join(temporaryFolder(), 'data')
    claim(folder, { pid: process.ppid, startedAt: 'long ago', host: hostname() })
    lockFolder(folder)()
  })

  test('where start times are unknown, the age of the lock tells', () => {
    const folder = join(temporaryFolder(), 'data')
    claim(folder, { pid: process.ppid, startedAt: null, host: hostname() })
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining(held))
    age(folder, 61)
    lockFolder(folder)()
  })

  test('so it does for a holder on another host, and for a lock that cannot be read', () => {
    const folder = join(temporaryFolder(), 'data')
    claim(folder, { pid: 1, startedAt: '1', host: 'elsewhere' })
    expect(() => lockFolder(folder)).toThrow(/host=elsewhere pid=1: stop Plumbline there, or delete /)
    age(folder, 61)
    lockFolder(folder)()
    writeFileSync(lockOf(folder), '')
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining(held))
    age(folder, 61)
    const release = lockFolder(folder)
    expect(JSON.parse(readFileSync(lockOf(folder), 'utf8'))).toMatchObject({ pid: process.pid })
    release()
  })
})
