import { launchBrowser } from './browser.ts'

/** Unpacks Chromium once before the test files start at the same time, and fails here when it cannot start. */
export default async (): Promise<void> => {
  const browser = await launchBrowser()
  await browser.close()
}
