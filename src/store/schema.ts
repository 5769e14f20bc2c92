import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  serial,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { BaselinePhase } from '../model/baseline.ts'
import type { PlanDocument } from '../model/plan.ts'
import type { DatedRate } from '../model/resource.ts'
import { isoFromDatabase } from './instant.ts'

/** Instants are read as text: microseconds survive and both drivers agree. */
const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  fromDriver: isoFromDatabase,
})
const day = () => date({ mode: 'string' })
/** Ledger amounts: 64-bit integers that must not pass through a double. */
const micro = () => bigint({ mode: 'bigint' }).notNull().default(sql`0`)
const count = () => integer().notNull().default(0)

/** Numbers ledger subjects: work items and entered actuals share one row of numbers. */
export const subjectNumbers = pgSequence('subject_numbers')

// ── connections and sources ──────────────────────────────────────────────────────────────────────────────────────

export const connections = pgTable('connections', {
  id: text().primaryKey(),
  tracker: text().notNull(),
  url: text().notNull(),
  settings: jsonb().notNull().default({}),
  /** Sealed (AES-GCM); never leaves the store in clear. */
  sealedSecrets: text(),
  lastDeliveryAt: instant(),
  deliveries: integer().notNull().default(0),
  refusedDeliveries: integer().notNull().default(0),
  createdAt: instant().notNull(),
  /** Not used any more; its secrets are gone, what its sources brought stays. */
  removedAt: instant(),
})

export const sources = pgTable('sources', {
  /** Small number for joins; the text id is the name people gave it. */
  no: serial().primaryKey(),
  id: text().notNull().unique(),
  connection: text()
    .notNull()
    .references(() => connections.id),
  settings: jsonb().notNull().default({}),
  cursor: jsonb(),
  /** The last time that a listing went through to its end. */
  lastPollAt: instant(),
  lastChangeAt: instant(),
  /** Claimed by a worker until then. */
  leasedUntil: instant(),
  leasedBy: text(),
  nextAttemptAt: instant(),
  failures: integer().notNull().default(0),
  lastError: text(),
  lastErrorKind: text(),
  backfilledAt: instant(),
  itemsSeen: integer().notNull().default(0),
  calls: integer().notNull().default(0),
  quota: jsonb(),
  removedAt: instant(),
})

export const trackerMilestones = pgTable(
  'tracker_milestones',
  {
    sourceNo: integer().notNull(),
    externalId: text().notNull(),
    title: text().notNull(),
    url: text(),
    start: day(),
    due: day(),
    closedAt: instant(),
    state: text().notNull(),
    seenAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceNo, t.externalId] })],
)

// ── intake ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Deliveries word for word. The inbox is the queue: a row is due until it is `done`. */
export const inbox = pgTable(
  'inbox',
  {
    no: bigserial({ mode: 'number' }).primaryKey(),
    connection: text().notNull(),
    deliveryId: text().notNull(),
    event: text().notNull(),
    headers: jsonb().notNull(),
    /** Raw text: signatures cover bytes, and jsonb refuses NUL. */
    body: text().notNull(),
    hints: jsonb().notNull(),
    receivedAt: instant().notNull(),
    state: text().notNull().default('due'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant(),
    lastError: text(),
    doneAt: instant(),
  },
  (t) => [
    uniqueIndex('inbox_delivery').on(t.connection, t.deliveryId),
    index('inbox_due').on(t.connection, t.no).where(sql`state = 'due'`),
  ],
)

/** One row per pull of a source, append-only: what it asked for, what it found, what went wrong. */
export const pulls = pgTable(
  'pulls',
  {
    no: bigserial({ mode: 'number' }).primaryKey(),
    sourceNo: integer().notNull(),
    /** poll | hint | full */
    reason: text().notNull(),
    startedAt: instant().notNull(),
    endedAt: instant().notNull(),
    items: integer().notNull(),
    changed: integer().notNull(),
    missing: integer().notNull(),
    calls: integer().notNull(),
    error: text(),
    errorKind: text(),
  },
  (t) => [index('pulls_source').on(t.sourceNo, t.endedAt)],
)

/** The present row of each item: a projection of its facts. */
export const items = pgTable(
  'items',
  {
    id: bigint({ mode: 'number' }).primaryKey().default(sql`nextval('subject_numbers')`),
    sourceNo: integer().notNull(),
    externalId: text().notNull(),
    key: text().notNull(),
    url: text().notNull(),
    title: text().notNull(),
    type: text(),
    state: text().notNull(),
    status: text().notNull(),
    points: text(),
    estimateSeconds: integer(),
    loggedSeconds: integer().notNull().default(0),
    milestones: jsonb().notNull(),
    parentId: text(),
    parentKey: text(),
    labels: jsonb().notNull(),
    components: jsonb().notNull(),
    sprints: jsonb().notNull(),
    assignees: jsonb().notNull(),
    due: day(),
    presence: text().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    closedAt: instant(),
    /** Begin of the newest pull that is stored: an older one may add facts but not retract any. */
    pulledAt: instant().notNull(),
    factCount: integer().notNull().default(0),
  },
  (t) => [
    /** Id first: parents are looked up by it across the sources of a connection. */
    uniqueIndex('items_external').on(t.externalId, t.sourceNo),
    index('items_parent').on(t.parentId).where(sql`parent_id is not null`),
    index('items_source').on(t.sourceNo, t.id),
    index('items_key').on(t.key),
  ],
)

/** Assertions (+1) and retractions (-1) of facts, append-only; the last one per key counts. */
export const facts = pgTable(
  'facts',
  {
    itemId: bigint({ mode: 'number' }).notNull(),
    seq: integer().notNull(),
    key: text().notNull(),
    op: smallint().notNull(),
    field: text().notNull(),
    occurredAt: instant().notNull(),
    sequence: integer().notNull(),
    value: jsonb(),
    actor: text(),
    assumed: boolean().notNull().default(false),
    recordedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.itemId, t.seq] }),
    /** Children that an item has or ever had. */
    index('facts_parent').on(sql`(value ->> 'id')`).where(sql`field = 'parent'`),
  ],
)

// ── plans ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const resources = pgTable('resources', {
  no: serial().primaryKey(),
  id: text().notNull().unique(),
  name: text().notNull(),
  kind: text().notNull(),
  rates: jsonb().$type<readonly DatedRate[]>().notNull(),
  capacityHoursPerDay: text(),
  accounts: jsonb().$type<readonly string[]>().notNull(),
  removedAt: instant(),
})

export const plans = pgTable('plans', {
  no: serial().primaryKey(),
  id: text().notNull().unique(),
  createdAt: instant().notNull(),
  removedAt: instant(),
})

/** Phase numbers of a plan, never used again. */
export const planPhases = pgTable(
  'plan_phases',
  { planNo: integer().notNull(), no: integer().notNull(), id: text().notNull() },
  (t) => [primaryKey({ columns: [t.planNo, t.no] }), uniqueIndex('plan_phases_id').on(t.planNo, t.id)],
)

/** Entered actuals that post to the ledger, numbered as subjects. `key` = phase, date, note, occurrence. */
export const planActuals = pgTable(
  'plan_actuals',
  {
    subject: bigint({ mode: 'number' }).primaryKey().default(sql`nextval('subject_numbers')`),
    planNo: integer().notNull(),
    key: text().notNull(),
  },
  (t) => [uniqueIndex('plan_actuals_key').on(t.planNo, t.key)],
)

/** The plan as a document per revision: an edit adds a row. */
export const planDocuments = pgTable(
  'plan_documents',
  {
    planNo: integer().notNull(),
    revision: integer().notNull(),
    document: jsonb().$type<PlanDocument>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.planNo, t.revision] })],
)

export const portfolios = pgTable('portfolios', {
  id: text().primaryKey(),
  name: text().notNull(),
  plans: jsonb().$type<readonly string[]>().notNull(),
})

// ── ledger ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** The newest published revision of each plan. Its row lock is what serialises writers. */
export const planHeads = pgTable('plan_heads', {
  planNo: integer().primaryKey(),
  revision: integer().notNull(),
  epoch: integer().notNull(),
  recordedAt: instant().notNull(),
  /** A large settle under way: its reserved revision and epoch, and what it is doing. */
  reservedRevision: integer(),
  reservedEpoch: integer(),
  reservedBy: text(),
  reservedUntil: instant(),
})

export const revisions = pgTable(
  'revisions',
  {
    planNo: integer().notNull(),
    no: integer().notNull(),
    recordedAt: instant().notNull(),
    epoch: integer().notNull(),
    /** facts | plan | rates | baseline */
    kind: text().notNull(),
    actor: text(),
    summary: text(),
    lines: integer().notNull().default(0),
    unmappedItems: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.planNo, t.no] }),
    index('revisions_recorded').on(t.planNo, t.recordedAt),
    index('revisions_epoch').on(t.planNo, t.epoch),
  ],
)

/** Which phase takes an item now: written by the settle that posts it, rebuilt by settling again. Unmapped items have no row. */
export const planItems = pgTable(
  'plan_items',
  {
    planNo: integer().notNull(),
    subject: bigint({ mode: 'number' }).notNull(),
    phaseNo: integer().notNull(),
    /** Carried by its children: no size of its own. */
    container: boolean().notNull(),
  },
  (t) => [primaryKey({ columns: [t.planNo, t.subject] }), index('plan_items_phase').on(t.planNo, t.phaseNo)],
)

/** Subjects whose settling had to wait for a large one. */
export const planDirty = pgTable(
  'plan_dirty',
  { planNo: integer().notNull(), subject: bigint({ mode: 'number' }).notNull() },
  (t) => [primaryKey({ columns: [t.planNo, t.subject] })],
)

const amounts = {
  items: count(),
  doing: count(),
  done: count(),
  dropped: count(),
  unestimated: count(),
  sizeMicro: micro(),
  doneMicro: micro(),
  outsideMicro: micro(),
  costMicro: micro(),
  earnedMicro: micro(),
  seconds: count(),
  unratedSeconds: count(),
}

/** The ledger. Insert only: a trigger refuses update and delete. */
export const postings = pgTable(
  'postings',
  {
    planNo: integer().notNull(),
    subject: bigint({ mode: 'number' }).notNull(),
    seq: integer().notNull(),
    revision: integer().notNull(),
    epoch: integer().notNull(),
    book: smallint().notNull(),
    phaseNo: integer().notNull(),
    day: day().notNull(),
    occurredAt: instant().notNull(),
    cause: text().notNull(),
    entry: text().notNull(),
    factKey: text(),
    reverses: integer(),
    resourceNo: integer(),
    ...amounts,
  },
  (t) => [
    primaryKey({ columns: [t.planNo, t.subject, t.seq] }),
    index('postings_revision').on(t.planNo, t.revision),
    index('postings_phase_day').on(t.planNo, t.phaseNo, t.day),
  ],
)

const sums = {
  items: count(),
  doing: count(),
  done: count(),
  dropped: count(),
  unestimated: count(),
  completed: count(),
  reopened: count(),
  sizeMicro: micro(),
  doneMicro: micro(),
  outsideMicro: micro(),
  costMicro: micro(),
  earnedMicro: micro(),
  addedMicro: micro(),
  removedMicro: micro(),
  reestimatedMicro: micro(),
  movedInMicro: micro(),
  movedOutMicro: micro(),
  seconds: bigint({ mode: 'number' }).notNull().default(0),
  unratedSeconds: bigint({ mode: 'number' }).notNull().default(0),
}

/** What is known now: the sum of all published postings per phase and day. */
export const balances = pgTable(
  'balances',
  {
    planNo: integer().notNull(),
    book: smallint().notNull(),
    phaseNo: integer().notNull(),
    day: day().notNull(),
    ...sums,
  },
  (t) => [primaryKey({ columns: [t.planNo, t.book, t.phaseNo, t.day] })],
)

/** The same by epoch and entry: what was known then. */
export const balanceHistory = pgTable(
  'balance_history',
  {
    planNo: integer().notNull(),
    book: smallint().notNull(),
    phaseNo: integer().notNull(),
    day: day().notNull(),
    epoch: integer().notNull(),
    entry: text().notNull(),
    ...sums,
  },
  (t) => [primaryKey({ columns: [t.planNo, t.book, t.phaseNo, t.day, t.epoch, t.entry] })],
)

// ── baselines ────────────────────────────────────────────────────────────────────────────────────────────────────

export const baselines = pgTable(
  'baselines',
  {
    planNo: integer().notNull(),
    number: integer().notNull(),
    name: text().notNull(),
    reason: text().notNull(),
    approver: text(),
    approvedAt: instant().notNull(),
    revision: integer().notNull(),
    workDay: day().notNull(),
    firstDay: day(),
    valueUnit: text().notNull(),
    document: jsonb().$type<PlanDocument>().notNull(),
    /** `BaselinePhase` with amounts as decimal text. */
    phases: jsonb().$type<readonly JsonAmounts<BaselinePhase>[]>().notNull(),
    hash: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.planNo, t.number] })],
)

export const baselineItems = pgTable(
  'baseline_items',
  {
    planNo: integer().notNull(),
    number: integer().notNull(),
    subject: bigint({ mode: 'number' }).notNull(),
    phaseNo: integer().notNull(),
    sizeMicro: micro(),
    valueMicro: micro(),
    carriedMicro: micro(),
    estimated: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.planNo, t.number, t.subject] }),
    index('baseline_items_subject').on(t.planNo, t.subject),
  ],
)

// ── the rest ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Who changed what, append-only, each row hashed onto the one before. */
export const audit = pgTable('audit', {
  no: bigserial({ mode: 'number' }).primaryKey(),
  at: instant().notNull(),
  actor: text().notNull(),
  action: text().notNull(),
  subject: text().notNull(),
  before: jsonb(),
  after: jsonb(),
  /** Unique: two rows can never follow the same one. */
  previousHash: text().unique('audit_previous_hash'),
  hash: text().notNull(),
})

/** bigint has no JSON: inside jsonb columns amounts are decimal text. */
export type JsonAmounts<T> = T extends bigint
  ? string
  : T extends readonly (infer E)[]
    ? readonly JsonAmounts<E>[]
    : T extends object
      ? { readonly [K in keyof T]: JsonAmounts<T[K]> }
      : T
