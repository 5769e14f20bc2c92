import { parseConfig } from '../../config.ts'
import { startService } from '../../serve.ts'
import { noteService } from '../service-file.ts'
import { stopSignal, untilTold } from '../until-told.ts'
import type { Cli } from '../cli.ts'

export interface Options {
  readonly allowRemote: boolean
  readonly port?: number
}

export const serve = async (cli: Cli, { allowRemote, port }: Options): Promise<void> => {
  const read = parseConfig(cli.environment)
  const config = { ...read, allowRemote: allowRemote || read.allowRemote, port: port ?? read.port }
  const stop = stopSignal()
  const service = await startService(config, { environment: cli.environment })
  const forget = config.databaseUrl === null ? noteService(config.dataFolder, service.url) : () => {}
  try {
    await untilTold(stop)
  } finally {
    forget()
    await service.close()
  }
}
