import { Fault } from '../../../model/fault.ts'
import { listConnections } from '../../../store/connections.ts'
import { clientFor, openConnection } from '../../../sync/connect.ts'
import type { SyncTools } from '../../../sync/tools.ts'
import { type Finding, fine, remark, wrong } from './finding.ts'

/** Whether each tracker answers, as whom it knows us, and what our token may. */
export const checkConnections = async (tools: SyncTools): Promise<readonly Finding[]> => {
  const connections = await listConnections(tools.store.db)
  if (connections.length === 0)
    return [
      remark('connections', 'none is set up: run "plumbline apply -f FILE", or open the first page of the service'),
    ]
  return (await Promise.all(connections.map(({ id }) => checkConnection(tools, id)))).flat()
}

const checkConnection = async (tools: SyncTools, id: string): Promise<readonly Finding[]> => {
  const about = `connection ${id}`
  try {
    const opened = await openConnection(tools, id)
    const { name, scopes, remarks } = await clientFor(tools, opened, () => {}).identify()
    const may = scopes === null ? 'the tracker does not tell what the token may' : `the token may ${scopes.join(', ')}`
    return [
      fine(about, `${opened.connection.url} answers; it knows us as ${name}; ${may}`),
      ...remarks.map((text) => remark(about, text)),
      ...(opened.secrets.webhookSecret === undefined
        ? [remark(about, 'no webhookSecret is set, so every delivery is refused and changes come by polling alone')]
        : []),
    ]
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return [wrong(about, error.message)]
  }
}
