import { expect, test } from 'vitest'
import { ledgerContext } from '../../src/ledger/ledger-context.ts'
import { presentPhase } from '../../src/ledger/present-phase.ts'
import { BUILD, LAUNCH, born, changed, childOf, item, plan, state } from './build.ts'
import { familyOf } from './family.ts'

const subjects = [
  item(1, [...born('2026-03-02', 'build', 5), changed('2026-04-01', 'labels', ['launch'])]),
  item(2, born('2026-03-02', 'other', 5)),
  item(3, [...born('2026-03-02', 'build', 5), changed('2026-04-01', 'presence', 'deleted')]),
  item(4, [
    ...born('2026-03-02', 'build', 5),
    state('2026-03-10', 'done'),
    changed('2026-04-01', 'presence', 'deleted'),
  ]),
  item(5, born('2026-03-02', 'build', 20)),
  item(6, [...born('2026-03-02', 'launch', 3), childOf('2026-03-03', 5)]),
]

test.each([
  { subject: 1, phaseNo: 2, container: false, because: 'it has moved to Launch' },
  { subject: 2, phaseNo: null, container: false, because: 'no rule takes it' },
  { subject: 3, phaseNo: null, container: false, because: 'it went before it was done' },
  { subject: 4, phaseNo: 1, container: false, because: 'it went after it was done' },
  { subject: 5, phaseNo: 1, container: true, because: 'its child carries the size' },
  { subject: 6, phaseNo: 2, container: false, because: 'it is that child' },
])('item $subject is in phase $phaseNo now, container $container: $because', ({ subject, phaseNo, container }) => {
  const context = ledgerContext(plan([BUILD, LAUNCH]), [], familyOf(subjects))
  expect(presentPhase(subjects[subject - 1]!, context)).toEqual({ phaseNo, container })
})
