import type { Tracker } from '../tracker.ts'
import { connect } from './client.ts'
import { receive } from './receive.ts'
import { checkConnection, checkSource, connectionKeys, sourceKeys } from './settings.ts'

/** Jira Cloud and Jira Data Center. */
export const jira: Tracker = {
  kind: 'jira',
  title: 'Jira',
  checkConnection,
  checkSource,
  connectionKeys,
  sourceKeys,
  receive,
  connect,
}
