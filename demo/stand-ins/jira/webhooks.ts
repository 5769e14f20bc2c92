import { createHmac, randomUUID } from 'node:crypto'
import type { JiraEvent } from './model.ts'
import { type Printer, printHistory, printIssue, printUser, printVersion, printWorklog } from './render.ts'

export interface WebhookTarget {
  readonly url: string
  readonly secret: string
}

/** One call that was made, and what was answered: 0 = nothing. */
export interface SentDelivery {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly status: number
}

/**
 * Sends what happens to whoever listens, one after the other, signed as Jira signs.
 *
 * @returns the door that events go in by, and what was sent
 */
export const createWebhooks = (printer: () => Printer) => {
  const targets: WebhookTarget[] = []
  const sent: SentDelivery[] = []
  let queue: Promise<void> = Promise.resolve()

  const send = async (url: string, headers: Readonly<Record<string, string>>, body: string): Promise<void> => {
    let status = 0
    try {
      status = (await fetch(url, { method: 'POST', headers, body })).status
    } catch {
      // Nobody there: Jira notes it and goes on.
    }
    sent.push({ url, headers, body, status })
  }

  return {
    targets,
    sent,
    enqueue: (event: JiraEvent): void => {
      for (const target of targets) {
        const body = JSON.stringify(payloadOf(printer(), event))
        const headers = {
          'content-type': 'application/json; charset=UTF-8',
          'user-agent': 'Atlassian HttpClient / stand-in',
          'x-hub-signature': `sha256=${createHmac('sha256', target.secret).update(body).digest('hex')}`,
          ...(printer().flavour === 'cloud' ? { 'x-atlassian-webhook-identifier': randomUUID() } : {}),
        }
        queue = queue.then(() => send(target.url, headers, body))
      }
    },
    /** Sends a former delivery once more, word for word, as Jira does when an answer was lost. */
    resend: (delivery: SentDelivery): void => {
      queue = queue.then(() => send(delivery.url, delivery.headers, delivery.body))
    },
    /** Resolves when everything so far was sent. */
    flush: (): Promise<void> => queue,
  }
}

/** A body as Jira writes it. A worklog's names its issue by id alone. */
export const payloadOf = (printer: Printer, event: JiraEvent): Record<string, unknown> => {
  const head = { timestamp: Date.parse(event.happening.at), webhookEvent: event.event }
  const user = event.happening.by === undefined ? {} : { user: printUser(printer, event.happening.by) }
  switch (event.event) {
    case 'jira:issue_created':
      return {
        ...head,
        ...user,
        issue_event_type_name: 'issue_created',
        issue: printIssue(printer, event.issue, null),
        changelog: { id: '0', items: [] },
      }
    case 'jira:issue_updated': {
      const { id, items } = printHistory(printer, event.history)
      return {
        ...head,
        ...user,
        issue_event_type_name: 'issue_updated',
        issue: printIssue(printer, event.issue, null),
        changelog: { id, items },
      }
    }
    case 'jira:issue_deleted':
      return { ...head, ...user, issue: printIssue(printer, event.issue, null) }
    case 'worklog_created':
    case 'worklog_updated':
    case 'worklog_deleted':
      return { ...head, worklog: printWorklog(printer, event.issue, event.worklog) }
    case 'jira:version_created':
    case 'jira:version_updated':
    case 'jira:version_released':
      return { ...head, version: printVersion(printer, event.version) }
  }
}
