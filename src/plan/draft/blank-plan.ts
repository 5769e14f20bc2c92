import type { Zone } from '../../model/zone.ts'
import { MONDAY_TO_FRIDAY } from '../../model/calendar.ts'
import type { SetupPhase, SetupPlan } from '../setup/setup.ts'

/** A plan in which nothing is stated yet. */
export const blankPlan = ({ id, name, zone }: { id: string; name: string; zone: Zone }): SetupPlan => ({
  id,
  name,
  zone,
  currency: null,
  unit: 'items',
  missingSize: 1,
  calendar: { ...MONDAY_TO_FRIDAY, holidays: null },
  objectives: [],
  phases: [],
  allocations: [],
  risks: [],
  stakeholders: [],
})

/** A phase in which nothing is stated yet. */
export const blankPhase = (id: string, name: string): SetupPhase => ({
  id,
  name,
  owner: null,
  start: null,
  finish: null,
  size: null,
  budget: null,
  after: [],
  progress: { kind: 'items' },
  map: [],
  objectives: [],
  milestones: [],
  actuals: [],
  actualStart: null,
  actualFinish: null,
  actualCost: 'both',
  unitsTotal: null,
  declared: [],
  phases: [],
})

/**
 * A readable id made of a title, different from those taken, which it joins.
 *
 * @example idFrom('Größe & Gewicht 2.0', new Set()) // => 'grosse-gewicht-2.0'
 */
export const idFrom = (title: string, taken: Set<string>): string => {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 48)
    .replace(/[^a-z0-9]+$/, '')
  const stem = plain === '' ? 'phase' : plain
  let id = stem
  for (let no = 2; taken.has(id); no += 1) id = `${stem}-${no}`
  taken.add(id)
  return id
}
