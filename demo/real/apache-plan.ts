import type { PlainData } from '../sample/blueprint.ts'
import { type ApacheRecording, type ApacheVersion, projectsOf, versionsOf } from './apache-recording.ts'

/**
 * Projects of the Apache Software Foundation as set-up: a phase for each project, below it one for each version, from
 * the first issue that ended up in it to its release.
 */
export const apacheSetup = (recording: ApacheRecording): PlainData => {
  const projects = projectsOf(recording)
  return {
    connections: { 'apache-jira': { tracker: 'jira', url: `\${${APACHE_URL}}`, token: `\${${APACHE_TOKEN}}` } },
    sources: Object.fromEntries(
      projects.map(({ key }) => [sourceOf(key), { connection: 'apache-jira', project: key }]),
    ),
    plans: {
      apache: {
        name: 'Apache projects',
        timezone: 'UTC',
        unit: 'items',
        calendar: { workdays: 'mon-fri' },
        phases: projects.map(({ key, name }) => ({
          id: sourceOf(key),
          name,
          phases: versionsOf(recording, key)
            .toSorted(byRelease)
            .map((version) => phaseOf(version, key, recording)),
        })),
      },
    },
  }
}

export const APACHE_URL = 'APACHE_URL'
export const APACHE_TOKEN = 'APACHE_TOKEN'

const sourceOf = (project: string): string => project.toLowerCase()

const phaseOf = ({ id, name, releaseDate }: ApacheVersion, project: string, { issues }: ApacheRecording): PlainData => {
  const [first = null] = issues
    .filter(({ fields }) => fields.fixVersions.some((version) => version.id === id))
    .map(({ fields }) => fields.created.slice(0, 10))
    .sort()
  const start = first !== null && releaseDate !== undefined && first > releaseDate ? releaseDate : first
  return {
    id: `version-${id}`,
    name,
    start,
    ...(releaseDate === undefined ? {} : { finish: releaseDate }),
    // Names repeat from project to project, and within one after a renaming: the id does not.
    map: [{ source: sourceOf(project), milestone: id }],
  }
}

/** Those without a date last. */
const byRelease = (a: ApacheVersion, b: ApacheVersion): number =>
  (a.releaseDate ?? 'z').localeCompare(b.releaseDate ?? 'z') || Number(a.id) - Number(b.id)
