import { Command, Option } from 'commander'
import { dateArgument } from '../arguments.ts'
import type { Backend } from '../backend.ts'
import type { Cli } from '../cli.ts'
import type { Explanation } from '../../../reports/shapes/explanation.ts'
import { plainDocument } from '../views/document.ts'
import { explanationDocument } from '../views/explanation.ts'
import { withBackend } from '../with-backend.ts'

interface Options {
  readonly phase?: string
  readonly asOf?: string
  readonly format: 'table' | 'json'
}

/** `plumbline explain`: how one number came about. */
export const explainCommand = (cli: Cli): Command =>
  new Command('explain')
    .description('how a number of the report came about, down to the postings behind it')
    .argument('<plan>', 'id of the plan')
    .argument('<measure>', 'key of the report, e.g. earnedValue, costPerformanceIndex, scope.added')
    .option('--phase <id>', 'of this phase; of the whole plan when left out')
    .option('--as-of <date>', 'status date; today when left out', dateArgument)
    .addOption(new Option('--format <format>', 'how to write it').choices(['table', 'json']).default('table'))
    .action((plan: string, measure: string, options: Options) => explain(cli, plan, measure, options))

const explain = (cli: Cli, plan: string, measure: string, { phase, asOf, format }: Options): Promise<void> =>
  withBackend(cli, async (backend) => {
    const question = { plan, measure, phase, asOf }
    if (format === 'table') {
      await cli.terminal.data(plainDocument(explanationDocument(await backend.explain(question))))
      return
    }
    await cli.terminal.data(`${JSON.stringify(await whole(backend, question), null, 2)}\n`)
  })

/** With the postings of all pages. */
const whole = async (backend: Backend, question: Parameters<Backend['explain']>[0]): Promise<Explanation> => {
  let page = await backend.explain({ ...question, limit: 1_000 })
  const postings = [...page.postings]
  while (page.next !== null) {
    page = await backend.explain({ ...question, limit: 1_000, after: page.next })
    postings.push(...page.postings)
  }
  return { ...page, postings, next: null }
}
