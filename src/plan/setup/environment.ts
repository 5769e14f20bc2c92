import type { Finding, Located, Path } from './places.ts'

/** Values that came from the environment: they may be secret and never appear in a message. */
export interface Filled {
  readonly findings: readonly Finding[]
  /** Path key → the variable when the whole text is one `${NAME}`, else `null`. */
  readonly variables: ReadonlyMap<string, string | null>
  /** Takes environment values out of a message. */
  readonly redact: (message: string, path: Path) => string
}

const REFERENCE = /\$\$\{|\$\{([^}]*)\}/g

/**
 * Replaces `${NAME}` in every text by the environment's value, in place. `$${` stands for a plain `${`.
 * What is not set is a finding that names the variable; the text is then left as it is.
 */
export const fillFromEnvironment = (
  located: Located,
  environment: Readonly<Record<string, string | undefined>>,
): Filled => {
  const findings: Finding[] = []
  const variables = new Map<string, string | null>()
  const used = new Map<string, { name: string; paths: Set<string> }>()

  const fill = (text: string, path: Path): string =>
    text.replace(REFERENCE, (reference, name: string | undefined) => {
      if (name === undefined) return '${'
      variables.set(pathKey(path), reference === text ? name : null)
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
        findings.push({
          path,
          message: `a reference holds the name of an environment variable, e.g. \${GITHUB_TOKEN}; write $\${ for a plain \${`,
        })
        return reference
      }
      const value = Object.hasOwn(environment, name) ? environment[name] : undefined
      if (value === undefined || value === '') {
        findings.push({
          path,
          message: `the environment variable ${name} is ${value === '' ? 'empty' : 'not set'}; set it and apply again`,
        })
        return reference
      }
      const known = used.get(value) ?? { name, paths: new Set<string>() }
      known.paths.add(pathKey(path))
      used.set(value, known)
      return value
    })

  const walk = (node: unknown, path: Path): void => {
    if (typeof node !== 'object' || node === null) return
    const children = node as Record<string, unknown>
    for (const key of Object.keys(children)) {
      const child = children[key]
      const childPath = [...path, Array.isArray(node) ? Number(key) : key]
      if (typeof child === 'string') children[key] = fill(child, childPath)
      else walk(child, childPath)
    }
  }
  walk(located.root, [])

  const redact = (message: string, path: Path): string => {
    let clean = message
    for (const [value, { name, paths }] of used)
      if (value.length >= 6 || paths.has(pathKey(path))) clean = clean.replaceAll(value, () => `\${${name}}`)
    return clean
  }
  return { findings, variables, redact }
}

export const pathKey = (path: Path): string => path.map(String).join('\u0000')
