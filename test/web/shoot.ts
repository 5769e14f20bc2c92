import AxeBuilder from '@axe-core/playwright'
import { launchBrowser } from '../support/browser.ts'
import { previewPaths, servePreview } from './preview.ts'

const LOOKS = [
  { name: 'light', width: 1280, height: 900, scheme: 'light' },
  { name: 'dark', width: 1280, height: 900, scheme: 'dark' },
  { name: 'phone', width: 360, height: 740, scheme: 'light' },
] as const

/** Screenshots of pages in every look; returns what axe, the console and the page's width have to say. */
export const shoot = async (wanted: readonly string[]): Promise<string> => {
  const server = await servePreview()
  const browser = await launchBrowser()
  const lines: string[] = []
  for (const path of previewPaths.filter((path) => wanted.length === 0 || wanted.includes(path)))
    for (const { name, width, height, scheme } of LOOKS) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme })
      const page = await context.newPage()
      page.on('pageerror', (error) => lines.push(`${path} ${name}: ${error.message}`))
      page.on(
        'console',
        (message) => message.type() === 'error' && lines.push(`${path} ${name}: console ${message.text()}`),
      )
      await page.goto(server.url + path)
      await page.waitForLoadState('load')
      for (const figure of await page.locator('figure[data-chart]').all()) {
        await figure.scrollIntoViewIfNeeded()
        await page.locator('figure[data-chart].alive').first().waitFor()
      }
      await page.evaluate('window.scrollTo(0, 0)')
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      if (Number(overflow) > 0) lines.push(`${path} ${name}: page scrolls sideways by ${overflow}px`)
      const file = `test/.artifacts/${path.slice(1).replaceAll('/', '-') || 'index'}-${name}`
      await page.screenshot({ path: `${file}.png`, fullPage: true })
      await page.screenshot({ path: `${file}-top.png`, fullPage: true, clip: { x: 0, y: 0, width, height: 1500 } })
      const { violations } = await new AxeBuilder({ page }).analyze()
      for (const { id, nodes } of violations)
        lines.push(
          `${path} ${name}: axe ${id}: ${nodes
            .slice(0, 3)
            .map(({ html }) => html.slice(0, 160))
            .join(' | ')}`,
        )
      if (name === 'light') {
        await page.emulateMedia({ media: 'print' })
        await page.setViewportSize({ width: 1030, height: 700 })
        const cut = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        if (Number(cut) > 0)
          lines.push(
            `${path} print: ${cut}px are cut off: ${await page.evaluate('[...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > innerWidth).slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join(" | ")')}`,
          )
        await page.screenshot({ path: `${file.replace('light', 'print')}.png`, fullPage: true })
        await page.pdf({ path: `${file}.pdf`, preferCSSPageSize: true })
      }
      await context.close()
    }
  await browser.close()
  server.close()
  return lines.join('\n') || 'nothing to complain about'
}
