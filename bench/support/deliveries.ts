import { randomUUID } from 'node:crypto'
import { openIssue } from '../../demo/stand-ins/github/mutations.ts'
import type { Happening } from '../../demo/stand-ins/github/state.ts'
import { deliveryOf } from '../../demo/stand-ins/github/webhooks.ts'
import { PEOPLE, WEBHOOK_SECRET } from './bench-setup.ts'
import { makeRepository } from './make-repository.ts'

export interface SignedDelivery {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Deliveries of one GitHub repository: really signed, each with an id of its own. */
export const signedDeliveries = (count: number): readonly SignedDelivery[] => {
  const state = makeRepository(50)
  const happenings: Happening[] = []
  state.listeners.add((happening) => happenings.push(happening))
  for (let index = 0; index < 100; index += 1)
    openIssue(state, { title: `News ${index}`, at: '2026-05-01T08:00:00Z', by: PEOPLE[0]!, labels: ['points: 3'] })
  const bodies = happenings
    .filter(({ event }) => event === 'issues')
    .map((happening) => deliveryOf(state, happening, { url: 'http://127.0.0.1', secret: WEBHOOK_SECRET })!)
  return Array.from({ length: count }, (_, index) => {
    const { headers, body } = bodies[index % bodies.length]!
    return { headers: { ...headers, 'x-github-delivery': randomUUID() }, body }
  })
}
