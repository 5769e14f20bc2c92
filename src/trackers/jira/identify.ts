import type { Discovered, Identity } from '../tracker.ts'
import type { JiraApi } from './api.ts'
import { at, instantOf, textOf } from './raw.ts'

/** Who the account is, and what it may do beyond reading. */
export const identify = async (api: JiraApi, cloud: boolean): Promise<Identity> => {
  const me = await api.myself()
  const held = await api.permissions(['BROWSE_PROJECTS', 'EDIT_ISSUES', 'ADMINISTER'])
  const remarks: string[] = []
  if (!held.includes('BROWSE_PROJECTS'))
    remarks.push('The account may see no project: give it "Browse projects" where Plumbline is to read.')
  if (held.includes('ADMINISTER'))
    remarks.push('The account administers Jira. Plumbline only reads: an account that may browse projects is enough.')
  else if (held.includes('EDIT_ISSUES'))
    remarks.push('The account may edit issues. Plumbline only reads: "Browse projects" is enough.')
  const zone = at(me, 'timeZone')
  if (typeof zone !== 'string')
    remarks.push("Jira does not tell the account's time zone: polling reads half a day more than it needs to.")
  return { name: textOf(at(me, 'displayName') ?? at(me, cloud ? 'accountId' : 'name')), scopes: held, remarks }
}

/** Projects that could become sources. */
export const discover = async (api: JiraApi): Promise<readonly Discovered[]> =>
  (await api.projects()).map((project) => ({
    title: `${textOf(at(project, 'name'))} (${textOf(at(project, 'key'))})`,
    settings: { project: textOf(at(project, 'key')) },
    lastActivity: instantOf(at(at(project, 'insight'), 'lastIssueUpdateTime')),
  }))
