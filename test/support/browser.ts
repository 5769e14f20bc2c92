import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** No sandbox (tests run as root in containers), no calls to anywhere. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * A Chromium to test pages with: the one from npm, which is unpacked on first use, else the system's.
 *
 * @throws Error naming the command to run when neither starts
 */
export const launchBrowser = async (): Promise<Browser> => {
  const failures: string[] = []
  for (const find of [fromNpm, fromSystem]) {
    try {
      return await chromium.launch({ executablePath: await find(), args: FLAGS, headless: true })
    } catch (error) {
      failures.push(error instanceof Error ? error.message.split('\n').slice(0, 4).join(' ') : String(error))
    }
  }
  throw new Error(
    `test: no Chromium starts here: run "npm ci" again (it brings one for Linux), or install one, e.g. "apt-get install chromium". Tried: ${failures.join('; ')}`,
  )
}

const fromNpm = (): Promise<string> => sparticuz.executablePath()

const fromSystem = async (): Promise<string> => {
  const found = SYSTEM.find((path) => existsSync(path))
  if (found === undefined) throw new Error('the system has no Chromium')
  return found
}
