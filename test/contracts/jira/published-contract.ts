import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import type { JiraCall } from '../../../demo/stand-ins/jira/start-jira.ts'

/** Judges one call by an OpenAPI document: what is wrong with it; empty = nothing. */
export type Judge = (call: JiraCall) => readonly string[]

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, { readonly content?: object } | undefined>>
}

/** Reads an OpenAPI 3.0 document (gzipped) whose operations judge calls. */
export const readContract = (file: string): Judge => {
  const document = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
    readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
  }
  loosen(document)
  const ajv = new Ajv.default({ strict: false, allErrors: true })
  addFormats.default(ajv)
  // Jira prints offsets without a colon.
  ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/)
  ajv.addSchema(document, 'jira')
  const check = (pointer: readonly string[], value: unknown): string[] => {
    const validate = ajv.compile({ $ref: `jira#/${pointer.map(escaped).join('/')}` })
    return validate(value)
      ? []
      : (validate.errors ?? []).slice(0, 5).map((error) => `${error.instancePath} ${error.message}`)
  }

  return (call) => {
    const path = Object.keys(document.paths).find((pattern) => matches(pattern, call.path))
    const method = call.method.toLowerCase()
    const operation = path === undefined ? undefined : document.paths[path]?.[method]
    if (path === undefined || operation === undefined) return [`no such operation: ${call.method} ${call.path}`]
    const parameters = operation.parameters ?? []
    const asked = [...new URLSearchParams(call.query).keys()]
    const wrong = asked
      .filter((name) => !parameters.some((parameter) => parameter.in === 'query' && parameter.name === name))
      .map((name) => `unknown parameter ${name}`)
    const body = ['content', 'application/json', 'schema']
    if (call.requestBody !== null)
      wrong.push(...check(['paths', path, method, 'requestBody', ...body], JSON.parse(call.requestBody)))
    if (call.status === 200 && call.responseBody !== null)
      wrong.push(...check(['paths', path, method, 'responses', '200', ...body], JSON.parse(call.responseBody)))
    return wrong.map((what) => `${call.method} ${path}: ${what}`)
  }
}

const escaped = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))

const matches = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path)

/** OpenAPI's `nullable` in JSON Schema's words; and the sides of a change, which Jira leaves empty though it says it does not. */
const loosen = (node: unknown): void => {
  if (Array.isArray(node)) {
    for (const part of node) loosen(part)
    return
  }
  if (typeof node !== 'object' || node === null) return
  const schema = node as Record<string, unknown>
  if (schema.nullable === true && typeof schema.type === 'string') schema.type = [schema.type, 'null']
  const properties = schema.properties as Record<string, Record<string, unknown>> | undefined
  if (properties && 'fromString' in properties && 'fieldtype' in properties)
    for (const side of ['from', 'fromString', 'to', 'toString']) properties[side] = { type: ['string', 'null'] }
  for (const part of Object.values(schema)) loosen(part)
}
