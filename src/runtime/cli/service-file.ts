import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the service that holds a data folder can be asked. */
interface ServiceNote {
  readonly pid: number
  readonly url: string
}

const PATIENCE_MS = 2_000

/** Leaves word in the data folder, so that commands find the service. @returns a function that takes it away */
export const noteService = (folder: string, url: string): (() => void) => {
  mkdirSync(folder, { recursive: true })
  const note: ServiceNote = { pid: process.pid, url }
  writeFileSync(fileIn(folder), `${JSON.stringify(note)}\n`)
  return () => {
    if (readNote(folder)?.pid === process.pid) rmSync(fileIn(folder), { force: true })
  }
}

/** The address of the service that runs on a data folder; `null` = none answers. */
export const runningService = async (folder: string): Promise<string | null> => {
  const note = readNote(folder)
  if (note === null) return null
  const answer = await fetch(new URL('/healthz', note.url), { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    () => null,
  )
  return answer?.ok ? note.url : null
}

const fileIn = (folder: string): string => join(folder, 'service.json')

const readNote = (folder: string): ServiceNote | null => {
  try {
    const note = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Partial<ServiceNote>
    return typeof note.url === 'string' && typeof note.pid === 'number' ? (note as ServiceNote) : null
  } catch {
    return null
  }
}
