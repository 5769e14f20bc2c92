import { readFileSync } from 'node:fs'
import Ajv, { type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { type GraphQLSchema, buildSchema, execute, parse, validate } from 'graphql'
import type { Exchange } from '../../../demo/stand-ins/github/server.ts'

/** GitHub's published contracts, and what they object to. Empty lists are good news. */

type Json = Record<string, unknown>

const packaged = (path: string): URL => new URL(`../../../node_modules/@octokit/${path}`, import.meta.url)
const readJson = (path: URL): Json => JSON.parse(readFileSync(path, 'utf8'))

const rest = readJson(new URL('published/rest.json', import.meta.url))
const operations = Object.keys(rest.paths as Json)

/** OpenAPI 3.0 writes `nullable: true` where JSON Schema has a type `null`. */
const withoutNullable = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(withoutNullable)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, ...given } = node as Json
  const kept = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, withoutNullable(value)]))
  return nullable === true ? { anyOf: [kept, { type: 'null' }] } : kept
}

const newAjv = (): Ajv.default => {
  const ajv = new Ajv.default({ strict: false, allErrors: true })
  addFormats.default(ajv)
  return ajv
}

const restAjv = newAjv()
restAjv.addSchema(withoutNullable(rest) as Json, 'rest')
const pointer = (...parts: readonly string[]): string =>
  parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')

const objections = (check: ValidateFunction, value: unknown, where: string): readonly string[] =>
  check(value) ? [] : (check.errors ?? []).slice(0, 5).map((error) => `${where}${error.instancePath} ${error.message}`)

const compiled = new Map<string, ValidateFunction>()
const compile = (ajv: Ajv.default, ref: string): ValidateFunction => {
  const known = compiled.get(ref) ?? ajv.compile({ $ref: ref })
  compiled.set(ref, known)
  return known
}

const operationOf = (path: string): string | undefined =>
  operations.find((pattern) => new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))

/** What the description of the REST API objects to in one call and its answer. */
export const restObjections = ({ method, path, query, status, body }: Exchange): readonly string[] => {
  const pattern = operationOf(path)
  if (!pattern || method !== 'GET') return [`${method} ${path} is no operation that GitHub publishes`]
  const { get } = (rest.paths as Record<string, { get: { parameters?: Json[]; responses: Record<string, Json> } }>)[
    pattern
  ]!
  const where = `GET ${pattern}`
  const parameters = (get.parameters ?? []).map((given) => resolve(given)).filter(({ in: place }) => place === 'query')
  const wrong: string[] = []
  for (const [name, text] of query) {
    const parameter = parameters.find((candidate) => candidate.name === name)
    if (!parameter) {
      wrong.push(`${where} has no parameter ${name}`)
      continue
    }
    const schema = parameter.schema as Json
    const value = schema.type === 'integer' ? Number(text) : text
    wrong.push(...objections(newAjv().compile(schema), value, `${where} ?${name}`))
  }
  if (status === 304) return wrong
  // Not every status is listed for every operation; 401 is GitHub's for all of them, with its basic error.
  const answer = get.responses[String(status)]
  if (!answer) return status === 401 ? wrong : [...wrong, `${where} has no answer ${status}`]
  const inline = answer.$ref === undefined
  const at = inline ? `rest#/paths/${pointer(pattern)}/get/responses/${status}` : `rest${String(answer.$ref)}`
  const check = compile(restAjv, `${at}/content/${pointer('application/json')}/schema`)
  return [...wrong, ...objections(check, body, `${where} → ${status} `)]
}

const resolve = (node: Json): Json => {
  if (typeof node.$ref !== 'string') return node
  const [, , kind = '', name = ''] = node.$ref.split('/')
  return (rest.components as Record<string, Record<string, Json>>)[kind]![name]!
}

let schema: GraphQLSchema | null = null
const graphqlSchema = (): GraphQLSchema => {
  // The published file repeats some fields, which a validating build refuses.
  const options = { assumeValid: true, assumeValidSDL: true }
  schema ??= buildSchema(readFileSync(packaged('graphql-schema/schema.graphql'), 'utf8'), options)
  return schema
}

/** What the schema objects to in a query. */
export const queryObjections = (query: string): readonly string[] =>
  validate(graphqlSchema(), parse(query)).map((error) => error.message)

/**
 * What the schema objects to in an answer: the query is executed once more with the answer's own values, which checks
 * types, enums and what may be null; whatever is missing or too much then differs.
 */
export const answerObjections = async (query: string, variables: Json, data: unknown): Promise<readonly string[]> => {
  const result = await execute({
    schema: graphqlSchema(),
    document: parse(query),
    variableValues: variables,
    rootValue: data,
    fieldResolver: (source: Json, _given, _context, info) => source[info.path.key],
    typeResolver: (value: Json) => (typeof value.__typename === 'string' ? value.__typename : 'User'),
  })
  const errors = (result.errors ?? []).map((error) => `${error.path?.join('.')}: ${error.message}`)
  const same = JSON.stringify(result.data) === JSON.stringify(data)
  return same || errors.length > 0 ? errors : ['the answer has fields that the query did not ask for, or lacks some']
}

const webhooks = readJson(packaged('openapi-webhooks/generated/api.github.com.json'))
const webhookAjv = newAjv()
webhookAjv.addSchema(webhooks, 'webhooks')

/** What the description of the webhooks objects to in a delivery. */
export const webhookObjections = (
  event: string,
  action: string,
  headers: Readonly<Record<string, string>>,
  payload: unknown,
): readonly string[] => {
  const name = [event, action].filter(Boolean).join('-').replaceAll('_', '-')
  const described = (webhooks.webhooks as Record<string, { post: { parameters: Json[] } }>)[name]
  if (!described) return [`${name} is no webhook that GitHub publishes`]
  const missing = described.post.parameters
    .filter((parameter) => parameter.required && !(String(parameter.name).toLowerCase() in headers))
    .map((parameter) => `${name} lacks the header ${parameter.name}`)
  const check = compile(
    webhookAjv,
    `webhooks#/webhooks/${pointer(name)}/post/requestBody/content/${pointer('application/json')}/schema`,
  )
  return [...missing, ...objections(check, payload, name)]
}

export interface PublishedPayload {
  readonly action?: string
  readonly issue?: { readonly node_id: string }
  readonly repository?: { readonly full_name: string }
}

/** GitHub's own examples of webhook bodies, by event. */
export const publishedExamples = (): readonly { name: string; examples: readonly PublishedPayload[] }[] =>
  JSON.parse(readFileSync(packaged('webhooks-examples/api.github.com/index.json'), 'utf8'))
