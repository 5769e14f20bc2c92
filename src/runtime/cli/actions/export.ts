import { Fault } from '../../../model/fault.ts'
import { currentSetup } from '../../../plan/current-setup.ts'
import { exportSetup } from '../../../plan/setup/export-setup.ts'
import { EMPTY_SETUP, type Setup } from '../../../plan/setup/setup.ts'
import { open } from '../open.ts'
import type { Cli } from '../cli.ts'

export interface Options {
  readonly all: boolean
  readonly to: 'yaml'
}

export const exportTo = async (cli: Cli, plan: string | undefined, { all }: Options): Promise<void> => {
  if ((plan === undefined) !== all)
    throw new Fault('invalid', 'cli: name a plan ("plumbline export PLAN") or write --all, one of them')
  const opened = await open(cli)
  try {
    const setup = await currentSetup(opened.store.db, opened.openSecrets)
    await cli.terminal.data(exportSetup(plan === undefined ? setup : onlyPlan(setup, plan)))
  } finally {
    await opened.close()
  }
}

const onlyPlan = (setup: Setup, id: string): Setup => {
  const plans = setup.plans.filter((plan) => plan.id === id)
  if (plans.length > 0) return { ...EMPTY_SETUP, plans }
  const known = setup.plans.map((plan) => plan.id)
  throw new Fault(
    'notFound',
    `cli: no plan is named ${id}: ${known.length === 0 ? 'none is set up yet' : `these are: ${known.join(', ')}`}`,
  )
}
