import { Fault } from '../../model/fault.ts'
import type { Door, DoorAnswer } from '../../sync/receive-delivery.ts'
import type { Delivery } from '../../trackers/tracker.ts'
import type { AppDeps } from '../deps.ts'
import type { Meter } from '../metrics/meter.ts'
import { type ProblemDocument, problem, problemOf } from '../problems/problem-document.ts'

/** An answer as data: Hono and Node's own server send the same. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface AnswerDelivery {
  /**
   * 202 = stored, 200 = known already, both said once it is durable. Whatever else is answered, nothing was stored.
   *
   * @param path as it was asked, for problem documents
   */
  readonly answer: (connectionId: string, path: string, delivery: Delivery) => Promise<Answer>
  readonly brokenOff: (path: string) => Answer
  readonly tooLarge: (path: string) => Answer
}

export const answerDelivery = (deps: AppDeps, door: Door, meter: Meter): AnswerDelivery => ({
  answer: async (connectionId, path, delivery) => {
    let given: DoorAnswer
    try {
      given = await door.receive(connectionId, delivery)
    } catch (error) {
      if (error instanceof Fault && error.kind === 'notFound') {
        meter.delivery('unknown connection')
        return problemAs(problemOf(error, path))
      }
      meter.delivery('failed')
      deps.log.error({ err: error, connection: connectionId }, 'http: a delivery could not be stored')
      const document = problem(503, 'http: the delivery could not be stored: send it again later', path)
      return problemAs(document, { 'retry-after': RETRY_SECONDS })
    }
    meter.delivery(given.verdict)
    if (given.verdict === 'refused')
      return problemAs(problem(401, `http: the delivery is refused: ${given.reason}`, path))
    if (given.verdict === 'stored') deps.wake()
    return given.verdict === 'stored' ? STORED : KNOWN
  },
  brokenOff: (path) => {
    meter.delivery('broken off')
    return problemAs(problem(400, 'http: the delivery broke off: send it again', path))
  },
  tooLarge: (path) => {
    meter.delivery('too large')
    return problemAs(problem(413, 'http: a delivery may have 25 MiB at most', path), { connection: 'close' })
  },
})

const RETRY_SECONDS = '30'
const JSON_TYPE = { 'content-type': 'application/json' }
const STORED: Answer = { status: 202, headers: JSON_TYPE, body: '{"verdict":"stored"}' }
const KNOWN: Answer = { status: 200, headers: JSON_TYPE, body: '{"verdict":"known"}' }

const problemAs = (document: ProblemDocument, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: document.status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(document),
})
