import { expect, test } from 'vitest'
import { dueDate } from '../../../src/trackers/github/due-date.ts'

test.each([
  { dueOn: '2012-01-31T08:00:00Z', due: '2012-01-31', because: 'midnight in California, winter' },
  { dueOn: '2012-05-26T07:00:00Z', due: '2012-05-26', because: 'midnight in California, summer' },
  { dueOn: '2015-05-15T04:00:00Z', due: '2015-05-15', because: 'midnight in New York' },
  { dueOn: '2018-10-25T00:00:00Z', due: '2018-10-25', because: 'midnight in UTC' },
  { dueOn: '2026-05-28T22:00:00Z', due: '2026-05-29', because: 'midnight in Berlin, summer' },
  { dueOn: '2026-05-28T18:30:00Z', due: '2026-05-29', because: 'midnight in Mumbai' },
  { dueOn: '2026-05-28T12:00:00Z', due: '2026-05-29', because: 'midnight in Auckland, winter' },
  { dueOn: '2026-05-29T23:39:01Z', due: '2026-05-29', because: 'no midnight anywhere: the date as written' },
])('$dueOn means $due: $because', ({ dueOn, due }) => {
  expect(dueDate(dueOn)).toBe(due)
})
