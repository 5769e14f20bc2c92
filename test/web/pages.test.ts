import { describe, expect, test } from 'vitest'
import { REASONS } from '../../src/model/reason.ts'
import { explainAddress } from '../../web/components/address.ts'
import { everyPage } from './every-page.ts'
import { planVariance, planWithoutBaseline } from './fixtures.ts'
import { type Piece, linkTexts, piecesOf, textOutside, unbalanced } from './html.ts'

const pages = everyPage()
const named = Object.entries(pages).map(([name, html]) => ({ name, html }))
const REPORTS = ['portfolio', 'plan', 'plan without a baseline', 'phase', 'unknown phase']
const reports = named.filter(({ name }) => REPORTS.includes(name))

const hasClass = (piece: Piece, name: string): boolean => (piece.attributes.class ?? '').split(' ').includes(name)

describe('every page', () => {
  test.each(named)('$name is a whole document whose tags all close', ({ html }) => {
    expect(html).toMatch(/^<!doctype html><html lang="en">/)
    expect(unbalanced(html)).toEqual([])
  })

  test.each(named)('$name has one main, one h1, a title and no id twice', ({ html }) => {
    const opened = piecesOf(html).filter(({ kind }) => kind === 'open')
    expect(opened.filter(({ value }) => value === 'main')).toHaveLength(1)
    expect(opened.filter(({ value }) => value === 'h1')).toHaveLength(1)
    expect(html).toMatch(/<title>[^<]+ · Plumbline<\/title>/)
    const ids = opened.flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id]))
    expect(ids).toEqual([...new Set(ids)])
  })

  test.each(named)('$name loads nothing from elsewhere and runs nothing inline', ({ html }) => {
    const opened = piecesOf(html).filter(({ kind }) => kind === 'open')
    for (const { value, attributes } of opened) {
      if (value !== 'a') expect(attributes.href ?? '/').toMatch(/^[/#]/)
      expect(attributes.src ?? '/').toMatch(/^\/(?!\/)/)
      expect(Object.keys(attributes).filter((key) => key === 'style' || key.startsWith('on'))).toEqual([])
      if (value === 'script' && attributes.src === undefined) expect(attributes.type).toBe('application/json')
    }
    expect(opened.some(({ value }) => value === 'script')).toBe(true)
  })

  test.each(named)('$name gives text from trackers as text', ({ html }) => {
    expect(html).not.toContain('<script>')
    expect(html).not.toContain('javascript:')
    expect(html).not.toContain('ghp_never_shown')
  })

  test.each(named)('$name says nothing of NaN, Infinity, null or undefined', ({ html }) => {
    const words = piecesOf(html).filter(({ kind, value }) => kind === 'text' && !value.startsWith('{'))
    expect(words.map(({ value }) => value).join(' ')).not.toMatch(/\b(NaN|Infinity|null|undefined)\b|\[object/)
  })

  test.each(named)('$name gives every table a caption and every head cell a scope', ({ html }) => {
    const opened = piecesOf(html).filter(({ kind }) => kind === 'open')
    const count = (tag: string): number => opened.filter(({ value }) => value === tag).length
    expect(count('caption')).toBe(count('table'))
    for (const head of opened.filter(({ value }) => value === 'th')) expect(head.attributes.scope).toBeTruthy()
  })
})

describe('every number of a report', () => {
  test.each(reports)('opens an explanation or a list of items: $name', ({ html }) => {
    const opensSomething = (piece: Piece): boolean =>
      piece.value === 'a' && /\/explain\/|\/items|^#totals$|^\/sources$/.test(piece.attributes.href ?? '')
    const numbers = (piece: Piece): boolean => hasClass(piece, 'number') && piece.value === 'td'
    const measures = (piece: Piece): boolean =>
      ['tile', 'trust', 'finish', 'complete'].some((name) => hasClass(piece, name))
    const excused = (piece: Piece): boolean =>
      opensSomething(piece) || piece.value === 'time' || piece.value === 'details' || hasClass(piece, 'remark')
    expect(textOutside(html, numbers, excused).filter((text) => /[\d–]/.test(text))).toEqual([])
    expect(textOutside(html, measures, excused).filter((text) => /\d/.test(text))).toEqual([])
    expect(html.split('/explain/').length).toBeGreaterThan(10)
  })

  const unknown = planVariance.rows.find(({ id }) => id === 'launch')!
  test.each(Object.entries(unknown.undefinedBecause).filter(([key]) => !key.startsWith('forecastFinish')))(
    '%s that is unknown is a dash with its reason, never a 0',
    (key, reason) => {
      const texts = linkTexts(pages.plan!, explainAddress('checkout', key, 'launch'))
      expect(texts).toContain(`–not known: ${REASONS[reason]}`)
      expect(texts.filter((text) => /\d/.test(text))).toEqual([])
    },
  )

  test('a plan without a baseline shows no planned or earned value, and says why and what to do', () => {
    const html = pages['plan without a baseline']!
    for (const { id } of planWithoutBaseline.rows)
      expect(linkTexts(html, explainAddress('checkout', 'plannedValue', id))).toEqual([
        `–not known: ${REASONS.noBaseline}`,
      ])
    expect(html).toContain('href="/plans/checkout/baseline"')
  })

  test('a sum that is unknown shows what is known of it, as such', () => {
    expect(linkTexts(pages.plan!, explainAddress('checkout', 'judged.timePerformanceIndex', null))).toContain('0.92')
    expect(linkTexts(pages.plan!, explainAddress('checkout', 'timePerformanceIndex', null))).toEqual([
      `–not known: ${REASONS.partsUnknown}`,
    ])
    expect(pages.plan).toContain('86.0% of the budget')
  })
})

describe('what a reader needs', () => {
  test('a portfolio without plans says how to get one', () => {
    expect(pages['portfolio without plans']).toContain('href="/setup"')
    expect(pages['portfolio without plans']).toContain('apply -f')
  })

  test('a portfolio says which items count twice, and gives every reason', () => {
    expect(pages.portfolio).toContain('6 work items count in more than one plan')
    expect(pages.portfolio).toContain('SPI(t) 0.93 is below 0.95 in the second month running.')
    expect(pages.portfolio).toContain('12 days late')
  })

  test('a plan names its baseline, its status date and what was known when', () => {
    expect(pages.plan).toContain('Baseline 2 “After the provider changed”, approved 30 Mar 2026')
    expect(pages.plan).toContain('15 Jun 2026, 18:04 CEST')
    expect(pages.plan).toContain('revision 412')
  })

  test('a source that fails says why and when it is tried again', () => {
    expect(pages.plan).toContain('The token has expired: make a new one and enter it under Set up.')
    expect(pages.sources).toContain('15 Jun 2026, 16:20 UTC')
  })

  test('an explanation leads to the item in its tracker, to its inputs, and to an address that stays', () => {
    expect(linkTexts(pages.explanation!, 'https://github.com/acme/web/issues/12')).toEqual(['acme/web#12'])
    expect(linkTexts(pages.explanation!, explainAddress('checkout', 'earnedValue', 'build'))).toEqual(['92,000'])
    expect(pages.explanation).toContain('knownAt=2026-06-15T16%3A04%3A11.204Z')
  })

  test('a field that is wrong says so beside itself and keeps what was entered', () => {
    expect(pages['set-up: connect']).toMatch(/aria-describedby="field-id-help field-id-wrong" aria-invalid="true"/)
    expect(pages['set-up: connect']).toContain('value="Acme GitHub"')
    expect(pages['set-up: draft']).toContain('did you mean start?')
  })
})
