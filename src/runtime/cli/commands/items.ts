import { Command, Option } from 'commander'
import type { PlanItems } from '../../../reports/shapes/plan-items.ts'
import { dateArgument } from '../arguments.ts'
import type { Backend } from '../backend.ts'
import type { Cli } from '../cli.ts'
import { plainDocument } from '../views/document.ts'
import { itemsDocument } from '../views/item-list.ts'
import { csvOf } from '../views/records.ts'
import { withBackend } from '../with-backend.ts'

interface Options {
  readonly phase?: string
  readonly unmapped: boolean
  readonly asOf?: string
  readonly format: 'table' | 'json' | 'csv'
}

/** `plumbline items`: which work items a plan counts. */
export const itemsCommand = (cli: Cli): Command =>
  new Command('items')
    .description('the work items that a plan or phase counts, with what each weighs, earned and cost')
    .argument('<plan>', 'id of the plan')
    .option('--phase <id>', 'only this phase, with all below it')
    .option('--unmapped', 'instead: items of the plan’s sources that no rule takes', false)
    .option('--as-of <date>', 'status date; today when left out', dateArgument)
    .addOption(new Option('--format <format>', 'how to write it').choices(['table', 'json', 'csv']).default('table'))
    .action((plan: string, options: Options) => items(cli, plan, options))

const items = (cli: Cli, plan: string, { phase, unmapped, asOf, format }: Options): Promise<void> =>
  withBackend(cli, async (backend) => {
    const found = await allPages(backend, { plan, phase, unmapped, asOf })
    if (format === 'json') await cli.terminal.data(`${JSON.stringify(found, null, 2)}\n`)
    else if (format === 'csv') {
      const { planItemsSchema } = await import('../../../reports/shapes/plan-items.ts')
      await cli.terminal.data(csvOf(planItemsSchema.shape.items.element.toJSONSchema(), found.items))
    } else await cli.terminal.data(plainDocument(itemsDocument(found, { unmapped })))
  })

const allPages = async (backend: Backend, question: Parameters<Backend['items']>[0]): Promise<PlanItems> => {
  let page = await backend.items({ ...question, limit: 1_000 })
  const all = [...page.items]
  while (page.next !== null) {
    page = await backend.items({ ...question, limit: 1_000, after: page.next })
    all.push(...page.items)
  }
  return { ...page, items: all, next: null }
}
