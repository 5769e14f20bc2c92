import { createHmac } from 'node:crypto'
import { payloadOf } from '../../../demo/stand-ins/jira/webhooks.ts'
import { jira } from '../../../src/trackers/jira/jira.ts'
import type { Delivery } from '../../../src/trackers/tracker.ts'
import { type ContractStand, trackerContract } from '../../support/contract-suite.ts'
import { TOKEN, TROUBLES, smallSite, sourceOf, standUp } from './stand.ts'

const SECRET = 'hook-secret'

for (const flavour of ['cloud', 'data-center'] as const)
  trackerContract(jira, async (): Promise<ContractStand> => {
    let clock = Date.parse('2026-05-01T00:00:00Z')
    const later = () => {
      clock += 7000
      return { at: new Date(clock).toISOString(), by: '5b10ac8d' }
    }
    const state = smallSite('Europe/Berlin')
    for (let number = 1; number <= 130; number += 1)
      state.createIssue({ ...later(), project: 'CORE', summary: `Issue ${number}` })
    const withNul = state.createIssue({ ...later(), project: 'CORE', summary: 'a\0b', labels: ['c\0d'] }).id
    const { server, connection } = await standUp(state, {
      flavour,
      now: () => new Date(clock),
      idsPerPage: 60,
      issuesPerPage: 50,
    })
    let turn = 0
    return {
      connection,
      secrets: { token: TOKEN, webhookSecret: SECRET },
      source: sourceOf({ project: 'CORE' }),
      now: () => new Date(clock),
      allIds: () => [...state.issues.keys()],
      change: () => {
        turn += 1
        const issue = state.issue(`CORE-${turn}`)
        state.rename(issue.key, `${issue.summary}, changed`, later())
        return issue.id
      },
      withNul,
      addUnknownFields: () => {
        for (const issue of state.issues.values()) issue.extra.customfield_99999 = { like: 'nothing', on: ['earth'] }
      },
      delivery: () => {
        const issue = state.issue('CORE-1')
        const event = { event: 'jira:issue_created', issue, happening: later() } as const
        const body = JSON.stringify(payloadOf({ state, flavour, url: connection.url }, event))
        const headers = {
          'x-hub-signature': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
          ...(flavour === 'cloud' ? { 'x-atlassian-webhook-identifier': '2f1c9a3e' } : {}),
        }
        const delivery = (): Delivery => ({ headers, body: new TextEncoder().encode(body) })
        return { first: delivery(), resent: delivery(), externalId: issue.id }
      },
      failNext: (how) => server.trouble({ kind: TROUBLES[how] }),
      close: server.close,
    }
  })
