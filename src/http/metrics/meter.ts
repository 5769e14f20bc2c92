/** Counts what this process does, for `/metrics`. */
export interface Meter {
  /** One request, by the pattern of its route: never by its address, of which there are endlessly many. */
  readonly request: (method: string, route: string, status: number, seconds: number) => void
  readonly delivery: (answer: string) => void
  /** In the text format of Prometheus. */
  readonly lines: () => readonly string[]
}

/** Upper ends of the buckets, seconds. */
const BUCKETS = [0.01, 0.05, 0.25, 1, 5]

export const createMeter = (): Meter => {
  const requests = new Map<string, number>()
  const deliveries = new Map<string, number>()
  const times = new Map<string, { readonly buckets: number[]; sum: number; count: number }>()
  return {
    request: (method, route, status, seconds) => {
      count(requests, `method="${label(method)}",route="${label(route)}",status="${status}"`)
      const time = times.get(route) ?? { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }
      for (const [index, end] of BUCKETS.entries()) if (seconds <= end) time.buckets[index]! += 1
      time.sum += seconds
      time.count += 1
      times.set(route, time)
    },
    delivery: (answer) => count(deliveries, `answer="${label(answer)}"`),
    lines: () => [
      ...family('plumbline_http_requests_total', 'counter', 'Requests answered.', requests),
      '# HELP plumbline_http_request_seconds Time until the answer began.',
      '# TYPE plumbline_http_request_seconds histogram',
      ...[...times].flatMap(([route, time]) => [
        ...BUCKETS.map((end, index) => timeLine('bucket', `${route}",le="${end}`, time.buckets[index]!)),
        timeLine('bucket', `${route}",le="+Inf`, time.count),
        timeLine('sum', route, time.sum),
        timeLine('count', route, time.count),
      ]),
      ...family('plumbline_webhook_answers_total', 'counter', 'Deliveries by what they were answered.', deliveries),
    ],
  }
}

/** @param samples by their labels */
export const family = (
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: Iterable<readonly [labels: string, value: number]>,
): readonly string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
  ...[...samples].map(([labels, value]) => `${name}${labels === '' ? '' : `{${labels}}`} ${value}`),
]

export const label = (text: string): string => text.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`))

const timeLine = (part: string, labels: string, value: number): string =>
  `plumbline_http_request_seconds_${part}{route="${labels}"} ${value}`

const count = (counts: Map<string, number>, labels: string): void => {
  counts.set(labels, (counts.get(labels) ?? 0) + 1)
}
