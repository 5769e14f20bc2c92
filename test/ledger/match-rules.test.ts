import { describe, expect, test } from 'vitest'
import { matchPhase } from '../../src/ledger/match-rules.ts'
import type { MappingRule } from '../../src/model/plan.ts'
import { BLANK_FIELDS, type ItemFields } from '../../src/model/work-item.ts'
import { phase, plan } from './build.ts'

const CORE_7 = { source: 'core', key: 'CORE-7', externalId: '10007' }

const matches = (rule: MappingRule, fields: Partial<ItemFields>, day = '2026-03-02') =>
  matchPhase(plan([phase(1, 'build', { map: [rule] })]), { ...BLANK_FIELDS, ...fields }, CORE_7, day).phase !== null

describe('A rule takes an item when every key that it gives matches', () => {
  test.each<{ rule: MappingRule; fields: Partial<ItemFields>; taken: boolean; because: string }>([
    { rule: { source: ['core'] }, fields: {}, taken: true, because: 'the item lives in that source' },
    { rule: { source: ['web'] }, fields: {}, taken: false, because: 'the item lives in another source' },
    { rule: { source: ['web', 'core'] }, fields: {}, taken: true, because: 'a list means any of its values' },
    { rule: {}, fields: {}, taken: false, because: 'a rule without keys would swallow everything' },
    {
      rule: { label: ['Checkout'] },
      fields: { labels: ['api', 'checkout'] },
      taken: true,
      because: 'case does not matter',
    },
    { rule: { type: ['Bug'], label: ['api'] }, fields: { type: 'bug' }, taken: false, because: 'the label is missing' },
    {
      rule: { type: ['Bug'], label: ['api'] },
      fields: { type: 'bug', labels: ['api'] },
      taken: true,
      because: 'both match',
    },
    { rule: { component: ['Cart'] }, fields: { components: ['cart'] }, taken: true, because: 'components go by name' },
    { rule: { sprint: ['Sprint 4'] }, fields: { sprints: ['Sprint 4'] }, taken: true, because: 'sprints go by name' },
    {
      rule: { milestone: ['v2.0'] },
      fields: { milestones: [{ id: 'M1', key: 'v2.0' }] },
      taken: true,
      because: 'by title',
    },
    { rule: { milestone: ['M1'] }, fields: { milestones: [{ id: 'M1', key: 'v2.0' }] }, taken: true, because: 'by id' },
    {
      rule: { epic: ['CORE-12'] },
      fields: { parent: { id: '9', key: 'CORE-12' } },
      taken: true,
      because: 'direct parent by key',
    },
    {
      rule: { parent: ['9'] },
      fields: { parent: { id: '9', key: 'CORE-12' } },
      taken: true,
      because: 'direct parent by id',
    },
    { rule: { epic: ['CORE-12'] }, fields: {}, taken: false, because: 'it has no parent' },
    { rule: { key: ['CORE-7'] }, fields: {}, taken: true, because: 'the exact key' },
    { rule: { key: ['CORE-*'] }, fields: {}, taken: true, because: 'a prefix' },
    { rule: { key: ['CORE'] }, fields: {}, taken: false, because: 'without a star it is no prefix' },
    { rule: { title: ['pay button'] }, fields: { title: 'Button for [Pay]' }, taken: true, because: 'all words occur' },
    {
      rule: { title: ['pay button'] },
      fields: { title: 'Payment button' },
      taken: false,
      because: 'pay is no word of it',
    },
    {
      rule: { title: ['pay*'] },
      fields: { title: 'Payment button' },
      taken: true,
      because: 'a star stands for any text',
    },
    { rule: { title: ['*ment'] }, fields: { title: 'Payment button' }, taken: true, because: 'also in front' },
    { rule: { title: ['p*t'] }, fields: { title: 'Put the payment' }, taken: true, because: 'also within' },
    { rule: { title: ['p*x'] }, fields: { title: 'Payment button' }, taken: false, because: 'no x ends a word' },
    { rule: { title: ['(a+)+$'] }, fields: { title: 'aaaa' }, taken: false, because: 'text is no regular expression' },
    { rule: { title: [''] }, fields: { title: 'anything' }, taken: false, because: 'no words match nothing' },
  ])('$rule on $fields is $taken: $because', ({ rule, fields, taken }) => {
    expect(matches(rule, fields)).toBe(taken)
  })

  test('a dated rule counts from its day on', () => {
    const rule = { source: ['core'], from: '2026-04-01' }
    expect(matches(rule, {}, '2026-03-31')).toBe(false)
    expect(matches(rule, {}, '2026-04-01')).toBe(true)
  })
})

describe('The first rule that matches wins', () => {
  const v2: MappingRule = { milestone: ['v2.0'] }
  const phases = plan([
    phase(1, 'build', { map: [v2] }),
    phase(2, 'api', { parent: 'build', level: 1, map: [{ label: ['api'] }] }),
    phase(3, 'shop', { parent: 'build', level: 1, map: [{ label: ['shop'] }, v2] }),
    phase(4, 'launch', { map: [{ label: ['shop'] }] }),
  ])
  const inMilestone = (...labels: string[]) => {
    const fields = { ...BLANK_FIELDS, milestones: [{ id: 'M1', key: 'v2.0' }], labels }
    const { phase: winner, also } = matchPhase(phases, fields, CORE_7, '2026-03-02')
    return { winner: winner?.id, also: also.map(({ id }) => id) }
  }

  test('children are asked before their parent, so that the parent does not take all', () => {
    expect(inMilestone('api')).toEqual({ winner: 'api', also: ['shop', 'build'] })
  })
  test('siblings are asked in written order', () => {
    expect(inMilestone('api', 'shop')).toEqual({ winner: 'api', also: ['shop', 'build', 'launch'] })
  })
  test('a phase that matches by two rules is named once', () => {
    expect(inMilestone('shop')).toEqual({ winner: 'shop', also: ['build', 'launch'] })
  })
  test('nothing matches: no phase', () => {
    expect(matchPhase(phases, BLANK_FIELDS, CORE_7, '2026-03-02')).toEqual({ phase: null, also: [] })
  })
})
