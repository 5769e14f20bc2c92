import type { IsoDate } from '../../src/model/time.ts'
import type { PhaseBlueprint, Plain, PlainData, PlanBlueprint } from './blueprint.ts'
import { EQUIPMENT, PEOPLE } from './people.ts'
import { ZONE } from './working-days.ts'
import { yamlText } from './yaml-text.ts'

/**
 * The set-up file of the sample. Addresses and secrets of the two trackers come from the environment:
 * `GITHUB_URL`, `GITHUB_MOBILE_URL`, `GITHUB_TOKEN`, `GITHUB_HOOK`, `JIRA_URL`, `JIRA_TOKEN`, `JIRA_HOOK`.
 * The app's repository has a connection of its own, so that it may lie on another server.
 *
 * @param keyOf     the tracker's key of an item that is named in a rule or risk
 * @param actualsOf dated actuals of a phase
 */
export const setupText = (
  plans: readonly PlanBlueprint[],
  keyOf: (item: string) => string,
  actualsOf: (plan: PlanBlueprint, phase: PhaseBlueprint) => readonly PlainData[],
): string => {
  const setup: PlainData = {
    connections: {
      'acme-github': {
        tracker: 'github',
        url: variable('GITHUB_URL'),
        token: variable('GITHUB_TOKEN'),
        webhookSecret: variable('GITHUB_HOOK'),
      },
      'mobile-github': {
        tracker: 'github',
        url: variable('GITHUB_MOBILE_URL'),
        token: variable('GITHUB_TOKEN'),
        webhookSecret: variable('GITHUB_HOOK'),
      },
      'acme-jira': {
        tracker: 'jira',
        url: variable('JIRA_URL'),
        email: 'pmo@acme.test',
        token: variable('JIRA_TOKEN'),
        webhookSecret: variable('JIRA_HOOK'),
      },
    },
    sources: {
      web: { connection: 'acme-github', repository: 'acme/web', startedLabels: ['in progress'] },
      mobile: { connection: 'mobile-github', repository: 'acme/mobile', startedLabels: ['in progress'] },
      core: { connection: 'acme-jira', project: 'CORE' },
      data: { connection: 'acme-jira', project: 'DATA' },
      app: { connection: 'acme-jira', project: 'APP' },
    },
    resources: resources(),
    plans: Object.fromEntries(plans.map((plan) => [plan.id, planData(plan, keyOf, actualsOf)])),
    portfolios: { acme: { name: 'Acme Outfitters', plans: plans.map((plan) => plan.id) } },
  }
  return `# Sample portfolio of Acme Outfitters, a shop that does not exist.${yamlText(setup)}\n`
}

/** `${NAME}`: read from the environment when the file is applied. */
const variable = (name: string): string => `\${${name}}`

const resources = (): PlainData =>
  Object.fromEntries([
    ...PEOPLE.filter((person) => person.rate !== null).map((person) => [
      person.id,
      {
        kind: 'person',
        name: person.name,
        rate: `${person.rate}/h`,
        capacity: `${person.capacity}h/d`,
        accounts: [
          ...(person.github ? [`github:${person.github.login}`] : []),
          ...(person.jira ? [`jira:${person.jira}`] : []),
        ],
      },
    ]),
    ...EQUIPMENT.map((thing) => [thing.id, { kind: 'equipment', name: thing.name, rate: `${thing.ratePerDay}/d` }]),
  ])

type KeyOf = (item: string) => string

const planData = (
  plan: PlanBlueprint,
  keyOf: KeyOf,
  actualsOf: (plan: PlanBlueprint, phase: PhaseBlueprint) => readonly PlainData[],
): PlainData => {
  const phaseData = (phase: PhaseBlueprint): PlainData => ({
    id: phase.id,
    name: phase.name,
    start: phase.start,
    finish: phase.finish,
    ...(phase.size === undefined ? {} : { size: phase.size }),
    ...(phase.budget === 0
      ? {}
      : { budget: phase.spread ? { amount: phase.budget, spread: phase.spread } : phase.budget }),
    owner: phase.owner,
    ...(phase.after ? { after: phase.after } : {}),
    ...(phase.progress ? { progress: phase.progress } : {}),
    ...(phase.unitsTotal === undefined ? {} : { units: { total: phase.unitsTotal } }),
    ...(phase.map.length === 0 ? {} : { map: phase.map.map((rule) => withKeys(rule, keyOf)) }),
    ...(phase.objectives ? { objectives: phase.objectives } : {}),
    ...(phase.milestones ? { milestones: phase.milestones.map((milestone): PlainData => ({ ...milestone })) } : {}),
    ...listOrNothing('actuals', actualsOf(plan, phase)),
    ...(phase.phases ? { phases: phase.phases.map(phaseData) } : {}),
  })
  return {
    name: plan.name,
    timezone: ZONE,
    currency: 'EUR',
    unit: plan.unit,
    missingSize: 1,
    calendar: { workdays: 'mon-fri', holidays: 'DE-BE', exceptions: daysOff(plan) },
    objectives: plan.objectives,
    phases: plan.phases.map(phaseData),
    allocations: plan.allocations.map((allocation): PlainData => ({ ...allocation })),
    risks: plan.risks.map(({ mitigation, ...risk }): PlainData => ({ ...risk, mitigation: mitigation.map(keyOf) })),
    stakeholders: plan.stakeholders,
  }
}

const listOrNothing = (key: string, list: readonly Plain[]): PlainData => (list.length === 0 ? {} : { [key]: list })

const withKeys = (rule: PlainData, keyOf: KeyOf): PlainData =>
  Object.fromEntries(
    Object.entries(rule).map(([key, value]) => [key, key === 'epic' || key === 'key' ? keysOf(value, keyOf) : value]),
  )

const keysOf = (value: Plain, keyOf: KeyOf): Plain =>
  Array.isArray(value) ? value.map((each) => keyOf(String(each))) : keyOf(String(value))

/** The company is closed on Christmas Eve and New Year's Eve. */
const daysOff = (plan: PlanBlueprint): PlainData => {
  const last = plan.phases
    .map((phase) => phase.finish)
    .sort()
    .at(-1)!
  const days: Record<IsoDate, string> = {}
  for (let year = Number(plan.start.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1)
    for (const day of [`${year}-12-24`, `${year}-12-31`]) if (day >= plan.start && day <= last) days[day] = 'off'
  return days
}
