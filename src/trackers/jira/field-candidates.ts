import type { RawField } from './raw.ts'
import { at, listOf } from './raw.ts'
import type { JiraSource } from './settings.ts'
import { normalName } from './states.ts'

/** The custom fields that one source is read from. */
export interface SourceFields {
  /** In the order in which they are believed: the first one with a value counts. */
  readonly points: readonly RawField[]
  readonly epicLink: RawField | null
  readonly sprint: RawField | null
}

/** Fields as `GET /field` lists them. */
export const readFields = (answer: unknown): RawField[] =>
  listOf(answer).flatMap((field) => {
    const id = at(field, 'id')
    const name = at(field, 'untranslatedName') ?? at(field, 'name')
    if (typeof id !== 'string' || typeof name !== 'string') return []
    const type = at(at(field, 'schema'), 'custom')
    return [{ id, name, custom: at(field, 'custom') === true, type: typeof type === 'string' ? type : null }]
  })

/**
 * Finds the fields of a source. Story points have no fixed home: company-managed projects use a number field called
 * "Story Points", team-managed ones the "Story point estimate" that Jira brings, and an issue fills one of them.
 */
export const chooseFields = (fields: readonly RawField[], source: JiraSource): SourceFields => ({
  points: source.storyPoints === 'auto' ? pointCandidates(fields) : [named(fields, source.storyPoints)],
  epicLink: source.epicLink ? named(fields, source.epicLink) : firstOf(fields, EPIC_LINK_TYPE, 'epic link'),
  sprint: source.sprintField ? named(fields, source.sprintField) : firstOf(fields, SPRINT_TYPE, 'sprint'),
})

const EPIC_LINK_TYPE = 'com.pyxis.greenhopper.jira:gh-epic-link'
const SPRINT_TYPE = 'com.pyxis.greenhopper.jira:gh-sprint'
const POINTS_TYPE = 'com.pyxis.greenhopper.jira:jsw-story-points'
const POINT_NAMES = ['story points', 'story point estimate', 'story point']

const pointCandidates = (fields: readonly RawField[]): RawField[] =>
  fields
    .filter((field) => field.custom && (field.type === POINTS_TYPE || POINT_NAMES.includes(normalName(field.name))))
    .sort((a, b) => rank(a) - rank(b) || compare(a.id, b.id))

const rank = (field: RawField): number => {
  const place = POINT_NAMES.indexOf(normalName(field.name))
  return place === -1 ? POINT_NAMES.length : place
}

const firstOf = (fields: readonly RawField[], type: string, name: string): RawField | null =>
  fields.find((field) => field.type === type) ??
  fields.find((field) => field.custom && normalName(field.name) === name) ??
  null

/** A field that the settings name by id or by name; one that the site does not list is asked for as it was written. */
const named = (fields: readonly RawField[], wanted: string): RawField =>
  fields.find((field) => field.id === wanted) ??
  fields.find((field) => normalName(field.name) === normalName(wanted)) ?? {
    id: wanted,
    name: wanted,
    custom: true,
    type: null,
  }

const compare = (a: string, b: string): number => (a.length === b.length ? (a < b ? -1 : 1) : a.length - b.length)
