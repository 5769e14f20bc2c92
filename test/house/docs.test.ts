import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { plumblineProgram } from '../../src/runtime/cli/program.ts'
import { SETTINGS } from '../../src/runtime/config.ts'
import { exampleLines } from './worked-example.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

describe('docs/how-it-works.md', () => {
  const page = read('docs/how-it-works.md')

  test('names only files and folders that exist', () => {
    const paths = [...page.matchAll(/`((?:src|web|demo|test|drizzle)\/[\w./-]*)`/g)].map(([, path]) => path!)
    expect(paths.length).toBeGreaterThan(40)
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('names every room that exists', () => {
    const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && readdirSync(join(root, 'src', entry.name)).length > 0,
    )
    expect(rooms.map(({ name }) => `src/${name}/`).filter((room) => !page.includes(`| \`${room}\` |`))).toEqual([])
  })

  test('its lines are those that the ledger writes', () => {
    const [, told] = /<!-- example lines -->\n\n?```\n([\s\S]*?)\n```/.exec(page) ?? []
    expect(told?.split('\n')).toEqual(exampleLines())
  })
})

describe('commands, settings and metrics that the pages name', () => {
  const pages = ['README.md', 'docs/set-up.md', 'docs/numbers.md', 'docs/running.md', 'docs/how-it-works.md']
  const text = pages.map(read).join('\n')
  const program = plumblineProgram(
    {
      terminal: { data: async () => {}, say: () => {}, ask: async () => null, redraw: null },
      environment: {},
      now: () => new Date(0),
      actor: 'test',
    },
    '0',
  )

  test('every command and option exists', () => {
    const used = [...text.matchAll(/(?:npm run plumbline --|plumbline\.js|`plumbline) ([a-z]+)([^\n`#|]*)/g)]
    expect(used.length).toBeGreaterThan(15)
    const unknown = used.flatMap(([, name, rest = '']) => {
      const command = program.commands.find((each) => each.name() === name)
      if (!command) return [name]
      const options = [...rest.matchAll(/(?<=\s)-{1,2}[a-z][a-z-]*/g)].map(([option]) => option)
      return options
        .filter((option) => !command.options.some(({ long, short }) => option === long || option === short))
        .map((option) => `${name} ${option}`)
    })
    expect(unknown).toEqual([])
  })

  test('every setting exists', () => {
    const known = Object.values(SETTINGS).map(({ name }) => name)
    const named = new Set(text.match(/\b(?:PLUMBLINE_[A-Z_]+[A-Z]|DATABASE_URL|PUBLIC_URL|LOG_LEVEL|PORT|HOST)\b/g))
    expect(named.size).toBeGreaterThan(5)
    expect([...named].filter((name) => !known.includes(name))).toEqual([])
  })

  test('every metric exists', () => {
    const source = ['metrics', 'meter'].map((name) => read(`src/http/metrics/${name}.ts`)).join('\n')
    const named = text.match(/\bplumbline_[a-z_]+/g) ?? []
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !source.includes(name))).toEqual([])
  })
})

test('every link between pages leads to a file and a heading that exist', () => {
  const pages = [
    'README.md',
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  ]
  const dead = pages.flatMap((page) =>
    [...read(page).matchAll(/(?<!!\[[^\]]*)\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target!)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !leads(page, target))
      .map((target) => `${page}: ${target}`),
  )
  expect(pages.length).toBeGreaterThan(5)
  expect(dead).toEqual([])
})

const leads = (page: string, target: string): boolean => {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(root, file))) return false
  return anchor === undefined || headings(read(file)).includes(anchor)
}

/** As GitHub makes addresses of headings. */
const headings = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
