import { Fault } from '../../src/model/fault.ts'
import type { IsoDate } from '../../src/model/time.ts'
import type { PlainData } from '../sample/blueprint.ts'
import { yamlText } from '../sample/yaml-text.ts'
import { APACHE_TOKEN, APACHE_URL, apacheSetup } from './apache-plan.ts'
import { type ApacheRecording, readApache } from './apache-recording.ts'
import type { Replay } from './listen.ts'
import { RUST_TOKEN, RUST_URL, rustSetup } from './rust-plan.ts'
import { type RustRecording, readRust } from './rust-recording.ts'
import { serveApache } from './serve-apache.ts'
import { serveRust } from './serve-rust.ts'

/** Real tracker data in a folder, and how to look at it. */
export interface Recordings {
  /** Set-up file. Addresses and tokens of the trackers come from the environment that `start` gives. */
  readonly setup: string
  readonly baselines: readonly {
    readonly plan: string
    readonly name: string
    readonly reason: string
    readonly asOf: IsoDate
  }[]
  /** The day to look at it from: the work was in full swing. */
  readonly asOf: IsoDate
  /** What was found, and what was looked for in vain: a sentence each. */
  readonly remarks: readonly string[]
  /** Serves the recordings as the trackers that they came from, on this machine alone. */
  start(): Promise<RunningRecordings>
}

export interface RunningRecordings {
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

/**
 * @param dir folder with `github/` and `jira/`, or one of them
 * @throws Fault notFound when it holds no recording that we can read
 */
export const openRecordings = (dir: string): Recordings => {
  const found = [rust(readRust(dir)), apache(readApache(dir))]
  const parts = found.flatMap(({ part }) => part ?? [])
  if (parts.length === 0)
    throw new Fault(
      'notFound',
      `demo: ${dir} holds no recorded tracker data: name the folder that has github/rust-milestoned-only-rest.ndjson.gz or jira/apache-rest-v2-expand-changelog.ndjson.gz in it`,
    )
  return {
    setup: `# Real work of others, as their trackers recorded it.${yamlText(setupOf(parts))}\n`,
    baselines: parts.map(({ plan }) => ({ plan, ...BASELINE })),
    asOf: AS_OF,
    remarks: found.map(({ remark }) => remark),
    start: async () => {
      const running = await Promise.all(parts.map(async (part) => ({ part, replay: await part.serve() })))
      return {
        environment: Object.fromEntries(
          running.flatMap(({ part, replay }) => [
            [part.url, replay.url],
            [part.token, replay.token],
          ]),
        ),
        close: async () => {
          await Promise.all(running.map(({ replay }) => replay.close()))
        },
      }
    },
  }
}

const BASELINE = { name: 'Looking back', reason: 'the plan as it stood when 2014 began', asOf: '2014-01-02' }
const AS_OF: IsoDate = '2014-11-28'

/** What one recording adds. */
interface Part {
  readonly plan: string
  readonly setup: PlainData
  /** Names in the environment. */
  readonly url: string
  readonly token: string
  serve(): Promise<Replay>
}

const rust = (recording: RustRecording | null): { readonly part: Part | null; readonly remark: string } =>
  recording === null
    ? { part: null, remark: 'No recording of rust-lang/rust.' }
    : {
        part: {
          plan: 'rust',
          setup: rustSetup(recording),
          url: RUST_URL,
          token: RUST_TOKEN,
          serve: () => serveRust(recording),
        },
        remark: `rust-lang/rust: ${recording.issues.length} issues and pull requests, ${recording.milestones.length} milestones.`,
      }

const apache = (recording: ApacheRecording | null): { readonly part: Part | null; readonly remark: string } =>
  recording === null
    ? { part: null, remark: 'No recording of issues.apache.org.' }
    : {
        part: {
          plan: 'apache',
          setup: apacheSetup(recording),
          url: APACHE_URL,
          token: APACHE_TOKEN,
          serve: () => serveApache(recording),
        },
        remark: `issues.apache.org: ${recording.issues.length} issues.`,
      }

const setupOf = (parts: readonly Part[]): PlainData => {
  const merged = (key: string): PlainData => Object.assign({}, ...parts.map(({ setup }) => setup[key] as PlainData))
  return {
    connections: merged('connections'),
    sources: merged('sources'),
    plans: merged('plans'),
    portfolios: { real: { name: 'Real work', plans: parts.map(({ plan }) => plan) } },
  }
}
