import { readFileSync } from 'node:fs'
import { PLAN } from '../support/bench-setup.ts'
import { median } from '../support/median.ts'
import { startService } from '../support/start-service.ts'

export interface ServiceFigures {
  readonly readyAfterSeconds: number
  /** A plan's page, the median of 20, as a browser on this machine gets it. */
  readonly pageMilliseconds: number
  /** The most that the process held at once; `null` where the system does not tell. */
  readonly peakMegabytes: number | null
}

const PAGES = 20

/** The built service on a database that holds something. */
export const serviceFigures = async (environment: Readonly<Record<string, string>>): Promise<ServiceFigures> => {
  const service = await startService(environment)
  try {
    const took: number[] = []
    for (let page = 0; page < PAGES; page += 1) {
      const begun = performance.now()
      const answer = await fetch(`${service.url}/plans/${PLAN}`)
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`bench: the plan's page answers ${answer.status}`)
      took.push(performance.now() - begun)
    }
    return {
      readyAfterSeconds: service.readyAfterMs / 1000,
      pageMilliseconds: median(took),
      peakMegabytes: peakMegabytes(service.pid),
    }
  } finally {
    await service.stop()
  }
}

const peakMegabytes = (pid: number): number | null => {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024)
  } catch {
    return null
  }
}
