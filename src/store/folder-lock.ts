import { execFileSync } from 'node:child_process'
import { linkSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Fault } from '../model/fault.ts'
import { errorCode } from './faults.ts'

interface Holder {
  readonly pid: number
  /** Tells apart two processes that were given the same number; `null` where the system does not tell. */
  readonly startedAt: string | null
  readonly host: string
  readonly token: string
}

const BEAT_MS = 10_000
const SILENT_MS = 60_000

/**
 * Takes a folder for this process alone, by a file beside it (`FOLDER.lock`). PGlite itself lets two processes write
 * the same folder, and loses rows in silence.
 *
 * A holder is gone when its process is, or when the process number now belongs to another. Where that cannot be seen
 * (another host, a system without process times) the file's age tells: its holder writes it every 10 seconds.
 *
 * @returns a function that gives it back; also done when the process exits
 * @throws Fault `conflict` naming the process that holds it
 */
export const lockFolder = (folder: string): (() => void) => {
  const file = `${folder}.lock`
  const desk = mkdtempSync(`${file}.`)
  try {
    const mine = JSON.stringify({ pid: process.pid, startedAt: startTime(process.pid), host: hostname(), token: desk })
    for (let attempt = 0; attempt < 20; attempt += 1) {
      if (create(file, mine, desk)) return hold(file, mine)
      const text = read(file)
      if (text === null) continue
      if (isHeld(file, text, desk)) throw heldFault(folder, file, text)
      discard(file, text, desk)
    }
  } finally {
    rmSync(desk, { recursive: true, force: true })
  }
  throw new Fault('conflict', `store: the data folder is being taken by other processes: folder=${folder}: try again`)
}

/** Appears whole or not at all: a half-written lock would look like a stale one. */
const create = (file: string, content: string, desk: string): boolean => {
  const draft = join(desk, 'draft')
  writeFileSync(draft, content)
  try {
    linkSync(draft, file)
    return read(file) === content
  } catch (error) {
    return errorCode(error) === 'EEXIST' ? false : createWithoutLinks(file, content)
  }
}

/** File systems without hard links. */
const createWithoutLinks = (file: string, content: string): boolean => {
  try {
    writeFileSync(file, content, { flag: 'wx' })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Moves a stale lock away; if it was a new one after all, puts it back. */
const discard = (file: string, stale: string, desk: string): void => {
  const aside = join(desk, 'aside')
  try {
    renameSync(file, aside)
    if (read(aside) !== stale) linkSync(aside, file)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

const hold = (file: string, content: string): (() => void) => {
  const beat = setInterval(() => {
    try {
      writeFileSync(file, content, { flag: 'r+' })
    } catch {
      // The lock was taken away by hand; whoever did it decided so.
    }
  }, BEAT_MS)
  beat.unref()
  const release = () => {
    clearInterval(beat)
    process.removeListener('exit', release)
    if (read(file) === content) rmSync(file, { force: true })
  }
  process.once('exit', release)
  return release
}

const isHeld = (file: string, text: string, desk: string): boolean => {
  const holder = parse(text)
  if (holder === null || holder.host !== hostname()) return isFresh(file, desk)
  if (!isAlive(holder.pid)) return false
  const startedAt = startTime(holder.pid)
  return holder.startedAt === null || startedAt === null ? isFresh(file, desk) : startedAt === holder.startedAt
}

/** By the file system's own clock: it has just written the draft. */
const isFresh = (file: string, desk: string): boolean => {
  try {
    return statSync(join(desk, 'draft')).mtimeMs - statSync(file).mtimeMs < SILENT_MS
  } catch {
    return false
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** When a process began, in whatever words the system has; `null` when it does not tell. */
const startTime = (pid: number): string | null => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19] ?? null
  } catch {
    // No /proc: macOS and others have ps.
  }
  try {
    const ps = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' })
    return ps.trim() || null
  } catch {
    return null
  }
}

const read = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

const parse = (text: string): Holder | null => {
  try {
    const value = JSON.parse(text) as Partial<Holder> | null
    return typeof value?.pid === 'number' && typeof value.host === 'string' ? (value as Holder) : null
  } catch {
    return null
  }
}

const heldFault = (folder: string, file: string, text: string): Fault => {
  const holder = parse(text)
  return new Fault(
    'conflict',
    holder === null || holder.host !== hostname()
      ? `store: the data folder is in use: folder=${folder} host=${holder?.host ?? 'unknown'} pid=${holder?.pid ?? 'unknown'}: stop Plumbline there, or delete ${file} when it no longer runs`
      : `store: the data folder is in use: folder=${folder} pid=${holder.pid}: stop that process, or choose another folder in PLUMBLINE_DATA`,
  )
}
