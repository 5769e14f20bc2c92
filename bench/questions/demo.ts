import { startService } from '../support/start-service.ts'

const PATIENCE_MS = 120_000

/**
 * The demo from the start of its process in an empty folder to a report with numbers.
 *
 * @returns seconds
 */
export const demoSeconds = async (folder: string): Promise<number> => {
  const begun = performance.now()
  const demo = await startService({ DATABASE_URL: '', PLUMBLINE_DATA: folder }, 'demo')
  try {
    while (!(await hasNumbers(demo.url))) {
      if (performance.now() - begun > PATIENCE_MS) throw new Error('bench: the demo shows no numbers after two minutes')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return (performance.now() - begun) / 1000
  } finally {
    await demo.stop()
  }
}

const hasNumbers = async (url: string): Promise<boolean> => {
  const answer = await fetch(`${url}/api/v1/plans/checkout/report`)
  if (!answer.ok) return false
  const { total } = (await answer.json()) as { total: { earnedValue: number | null } }
  return total.earnedValue !== null && total.earnedValue > 0
}
