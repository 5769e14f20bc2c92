import type { PlainData } from '../sample/blueprint.ts'
import type { RecordedMilestone, RustRecording } from './rust-recording.ts'
import { RUST } from './serve-rust.ts'

/**
 * Rust on its way to 1.0, as set-up: each milestone is a phase, from the day it was made to the day it was due.
 * A milestone without a due date has no finish, and Plumbline has to say so.
 */
export const rustSetup = ({ milestones }: RustRecording): PlainData => ({
  connections: { 'rust-github': { tracker: 'github', url: `\${${RUST_URL}}`, token: `\${${RUST_TOKEN}}` } },
  sources: { rust: { connection: 'rust-github', repository: RUST } },
  plans: {
    rust: {
      name: 'Rust, from 0.1 to 1.0 and on',
      timezone: 'America/Los_Angeles',
      unit: 'items',
      calendar: { workdays: 'mon-fri' },
      phases: [...milestones].sort(byCreation).map(phaseOf),
    },
  },
})

export const RUST_URL = 'RUST_URL'
export const RUST_TOKEN = 'RUST_TOKEN'

const phaseOf = ({ number, title, created_at, due_on }: RecordedMilestone): PlainData => ({
  id: `milestone-${number}`,
  name: title,
  start: created_at.slice(0, 10),
  // All of them are midnights between UTC and California.
  ...(due_on === null ? {} : { finish: due_on.slice(0, 10) }),
  map: [{ source: 'rust', milestone: title }],
})

const byCreation = (a: RecordedMilestone, b: RecordedMilestone): number => (a.created_at < b.created_at ? -1 : 1)
