import * as at from '../../../demo/stand-ins/github/mutations.ts'
import { startGitHub } from '../../../demo/stand-ins/github/server.ts'
import type { StandInFault } from '../../../demo/stand-ins/github/faults.ts'
import type { StandInDelivery } from '../../../demo/stand-ins/github/webhooks.ts'
import { deliveryOf } from '../../../demo/stand-ins/github/webhooks.ts'
import { github } from '../../../src/trackers/github/github.ts'
import type { Delivery } from '../../../src/trackers/tracker.ts'
import { type ContractStand, trackerContract } from '../../support/contract-suite.ts'

const FAULTS: Record<Parameters<ContractStand['failNext']>[0], StandInFault> = {
  rateLimit: { kind: 'secondaryLimit', retryAfterSeconds: 30 },
  reset: { kind: 'reset' },
  cutOff: { kind: 'cutOff' },
  wrongType: { kind: 'wrongType' },
  serverError: { kind: 'status', status: 502 },
}

const delivered = ({ headers, body }: StandInDelivery): Delivery => ({ headers, body: new TextEncoder().encode(body) })

trackerContract(github, async () => {
  let clock = Date.parse('2026-05-01T00:00:00Z')
  const later = () => {
    clock += 7000
    return { at: new Date(clock).toISOString(), by: 'ana' }
  }
  const state = at.createGitHubState({ owner: 'acme', repo: 'web', users: ['ana'] })
  for (let number = 1; number <= 230; number += 1) at.openIssue(state, { ...later(), title: `Issue ${number}` })
  const withNul = at.openIssue(state, { ...later(), title: 'a\0b', labels: ['c\0d'] }).nodeId
  const server = await startGitHub({ state, token: 'right-token', now: () => new Date(clock) })
  const secret = 'hook-secret'
  let turn = 0
  return {
    connection: { id: 'acme-github', tracker: 'github', url: server.url, settings: {} },
    secrets: { token: 'right-token', webhookSecret: secret },
    source: { id: 'web', connection: 'acme-github', settings: { repository: 'acme/web' } },
    now: () => new Date(clock),
    allIds: () => [...state.issues.values()].map((issue) => issue.nodeId),
    change: () => {
      turn += 1
      const issue = state.issues.get(turn)!
      at.retitleIssue(state, turn, `${issue.title}, changed`, later())
      return issue.nodeId
    },
    withNul,
    addUnknownFields: server.addUnknownFields,
    delivery: () => {
      const issue = state.issues.get(1)!
      const happening = { event: 'issues', action: 'closed', actor: 'ana', at: later().at, issue } as const
      const delivery = deliveryOf(state, happening, { url: server.url, secret })!
      return { first: delivered(delivery), resent: delivered(delivery), externalId: issue.nodeId }
    },
    failNext: (how) => server.failNext(FAULTS[how]),
    close: server.close,
  }
})
