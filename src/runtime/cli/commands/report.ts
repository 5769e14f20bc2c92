import { Command, Option } from 'commander'
import { Fault } from '../../../model/fault.ts'
import type { PlanVariance } from '../../../reports/shapes/plan-variance.ts'
import type { Portfolio } from '../../../reports/shapes/portfolio.ts'
import { dateArgument, instantArgument, numberArgument } from '../arguments.ts'
import type { Cli } from '../cli.ts'
import { markdownDocument, plainDocument } from '../views/document.ts'
import { planReportDocument } from '../views/plan-report.ts'
import { portfolioDocument } from '../views/portfolio-report.ts'
import { csvOf } from '../views/records.ts'
import { withBackend } from '../with-backend.ts'

type Format = 'table' | 'json' | 'csv' | 'md'

interface Options {
  readonly portfolio?: string | true
  readonly asOf?: string
  readonly knownAt?: string
  readonly baseline?: number
  readonly period?: 'week' | 'month'
  readonly format: Format
}

/** `plumbline report`: how a plan, or every plan of a portfolio, stands against its baseline. */
export const reportCommand = (cli: Cli): Command =>
  new Command('report')
    .description('how a plan stands against its baseline, phase by phase; or a portfolio, plan by plan')
    .argument('[plan]', 'id of the plan')
    .option('--portfolio [id]', 'every plan of a portfolio, or every plan there is')
    .option('--as-of <date>', 'status date: the end of this day in the plan’s zone; today when left out', dateArgument)
    .option('--known-at <instant>', 'with what was known then', instantArgument)
    .option('--baseline <number>', 'against this baseline, not the one in force', numberArgument)
    .addOption(new Option('--period <period>', 'what "current" means').choices(['week', 'month']).default('month'))
    .addOption(
      new Option('--format <format>', 'how to write it').choices(['table', 'json', 'csv', 'md']).default('table'),
    )
    .action((plan: string | undefined, options: Options) => report(cli, plan, options))

const report = (cli: Cli, plan: string | undefined, options: Options): Promise<void> => {
  const { portfolio, asOf, knownAt, baseline, period, format } = options
  if ((plan === undefined) === (portfolio === undefined))
    throw new Fault('invalid', 'cli: name a plan ("plumbline report PLAN") or write --portfolio, one of them')
  return withBackend(cli, async (backend) => {
    if (plan !== undefined) {
      const found = await backend.planVariance({ plan, asOf, knownAt, baseline, period })
      await cli.terminal.data(await planText(found, format))
    } else {
      const id = portfolio === true ? undefined : portfolio
      const found = await backend.portfolio({ portfolio: id, asOf, knownAt })
      await cli.terminal.data(await portfolioText(found, format))
    }
  })
}

const planText = async (found: PlanVariance, format: Format): Promise<string> => {
  if (format === 'json') return `${JSON.stringify(found, null, 2)}\n`
  if (format === 'csv') {
    const { rowSchema } = await import('../../../reports/shapes/plan-variance.ts')
    return csvOf(rowSchema.toJSONSchema(), [...found.rows, found.total])
  }
  return format === 'md' ? markdownDocument(planReportDocument(found)) : plainDocument(planReportDocument(found))
}

const portfolioText = async (found: Portfolio, format: Format): Promise<string> => {
  if (format === 'json') return `${JSON.stringify(found, null, 2)}\n`
  if (format === 'csv') {
    const { portfolioSchema } = await import('../../../reports/shapes/portfolio.ts')
    return csvOf(portfolioSchema.shape.plans.element.toJSONSchema(), found.plans)
  }
  return format === 'md' ? markdownDocument(portfolioDocument(found)) : plainDocument(portfolioDocument(found))
}
