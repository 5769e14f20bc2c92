import { Fault, type FaultKind, type Problem } from '../../model/fault.ts'

export interface ServiceRequest {
  /** Below `/api/v1`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  /** Sent as it is when a text, else as JSON. A request with a body is a POST. */
  readonly body?: string | object
}

/**
 * Asks the service that holds the database.
 *
 * @throws Fault as the service had it, from its problem document; `unavailable` when it stopped meanwhile
 */
export const askService = async <T>(url: string, { path, query = {}, body }: ServiceRequest): Promise<T> => {
  const address = new URL(`/api/v1${path}`, url)
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) address.searchParams.set(name, String(value))
  const type = typeof body === 'string' ? 'application/yaml' : 'application/json'
  const response = await fetch(address, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && {
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  }).catch((cause: unknown) => {
    throw new Fault('unavailable', `runtime: the service at ${url} does not answer any more: start it again`, { cause })
  })
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw faultOf(response.status, answer)
  return answer as T
}

const KINDS: Readonly<Record<number, FaultKind>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  422: 'invalid',
  429: 'rateLimited',
  503: 'unavailable',
}

const faultOf = (status: number, answer: unknown): Fault => {
  const { detail, errors } = (answer ?? {}) as { readonly detail?: string; readonly errors?: readonly Problem[] }
  return new Fault(KINDS[status] ?? 'unavailable', detail ?? `runtime: the service answered ${status}: see its log`, {
    problems: errors ?? [],
  })
}
