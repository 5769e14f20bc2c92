#!/usr/bin/env node
/**
 * Writes `published/rest.json`: of GitHub's OpenAPI description only the operations that we use and the schemas that
 * they reach. The package is some 380 MB, so it is no dependency: install `@octokit/openapi` in a folder elsewhere, then
 *
 *   node test/contracts/github/extract-contract.js FOLDER/node_modules/@octokit/openapi
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const OPERATIONS = [
  '/user',
  '/user/repos',
  '/repos/{owner}/{repo}',
  '/repos/{owner}/{repo}/issues',
  '/repos/{owner}/{repo}/issues/{issue_number}',
  '/repos/{owner}/{repo}/milestones',
]

const folder = process.argv[2]
if (!folder) throw new Error('usage: extract-contract.js FOLDER_OF_@octokit/openapi')
const read = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'))
const manifest = read('package.json')
const whole = read('generated/api.github.com.json')

const slim = (node) => {
  if (Array.isArray(node)) return node.map(slim)
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).filter(
    ([name, value]) =>
      !['examples', 'example', 'externalDocs', 'x-github', 'x-octokit', 'tags', 'summary'].includes(name) &&
      !(name === 'description' && typeof value === 'string'),
  )
  return Object.fromEntries(entries.map(([name, value]) => [name, slim(value)]))
}

const paths = Object.fromEntries(OPERATIONS.map((path) => [path, { get: slim(whole.paths[path].get) }]))
const components = {}
const reach = (node) => {
  if (Array.isArray(node)) node.forEach(reach)
  else if (typeof node === 'object' && node !== null) {
    if (typeof node.$ref === 'string') {
      const [, , kind, name] = node.$ref.split('/')
      components[kind] ??= {}
      if (!components[kind][name]) {
        components[kind][name] = slim(whole.components[kind][name])
        reach(components[kind][name])
      }
    }
    Object.values(node).forEach(reach)
  }
}
reach(paths)

const contract = {
  'x-source': {
    package: manifest.name,
    version: manifest.version,
    license: manifest.license,
    file: 'api.github.com.json',
  },
  openapi: whole.openapi,
  info: { title: whole.info.title, version: whole.info.version, license: whole.info.license },
  paths,
  components,
}
const target = new URL('published/rest.json', import.meta.url)
writeFileSync(target, `${JSON.stringify(contract)}\n`)
