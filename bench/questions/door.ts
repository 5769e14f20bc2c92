import { existsSync } from 'node:fs'
import { WEBHOOK_SECRET } from '../support/bench-setup.ts'
import type { BenchDatabases } from '../support/databases.ts'
import { signedDeliveries } from '../support/deliveries.ts'
import { median } from '../support/median.ts'
import { sendAll } from '../support/send-all.ts'
import { startProcess } from '../support/start-process.ts'
import { startService } from '../support/start-service.ts'
import { setUp } from '../support/sync-tools.ts'

export interface DoorRates {
  /** Deliveries a second, stored on PostgreSQL before they are answered, while the service digests them. */
  readonly plumbline: number
  /** Deliveries a second, not stored. `null` = the peer is not installed. */
  readonly probot: number | null
}

/** Both doors in turn, several rounds, so that whatever else the machine does disturbs both alike. */
export const doorRates = async (
  databases: BenchDatabases,
  tracker: string,
  { deliveries, rounds }: { readonly deliveries: number; readonly rounds: number },
): Promise<DoorRates> => {
  const { store, environment } = await databases.open('postgres')
  await setUp(store, tracker)
  await store.close()
  const service = await startService(environment)
  const peer = hasProbot() ? await startProcess('probot.js', [WEBHOOK_SECRET]) : null
  const rates = { plumbline: [] as number[], probot: [] as number[] }
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const ours = await sendAll(`${service.url}/webhooks/bench`, signedDeliveries(deliveries))
      const theirs = peer && (await sendAll(peer.said, signedDeliveries(deliveries)))
      if (round === 0) continue // Both have compiled what they run.
      rates.plumbline.push(ours)
      if (theirs !== null) rates.probot.push(theirs)
    }
  } finally {
    await service.stop()
    await peer?.stop()
  }
  return { plumbline: median(rates.plumbline), probot: peer && median(rates.probot) }
}

const hasProbot = (): boolean => existsSync(new URL('../node_modules/probot/package.json', import.meta.url))
