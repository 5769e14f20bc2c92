import type { PlanItems } from '../../src/reports/shapes/plan-items.ts'
import { type View, phaseAddress, trackerAddress } from './address.ts'
import { DASH, amount, date, hours, quantity } from './format.ts'

type Item = PlanItems['items'][number]

interface ItemRowProps {
  readonly item: Item
  readonly report: PlanItems
  readonly phaseName: string | null
  readonly view: View
}

export const ITEM_STATES: Readonly<Record<Item['state'], string>> = {
  todo: 'To do',
  doing: 'In progress',
  done: 'Done',
  dropped: 'Dropped',
  deleted: 'Deleted',
  removed: 'Removed',
  container: 'Container',
  unmapped: 'Unmapped',
}

/** One work item: what the tracker calls it, where it stands, what it weighs and earns. */
export const ItemRow = ({ item, report, phaseName, view }: ItemRowProps) => {
  const valueUnit = report.currency ?? report.unit
  return (
    <tr data-state={item.state}>
      <th scope="row" class="item">
        <TrackerLink url={item.url} text={item.key} />
        <span class="item-title">{item.title}</span>
        {item.type !== null && <span class="of">{item.type}</span>}
      </th>
      <td>
        {ITEM_STATES[item.state]}
        <span class="of">{item.status}</span>
      </td>
      <td>
        {item.phase === null ? (
          'no rule takes it'
        ) : (
          <a href={phaseAddress(report.plan, item.phase, view)}>{phaseName}</a>
        )}
      </td>
      <td class="number">
        {item.estimated ? (
          quantity(item.size)
        ) : (
          <span title="Not estimated: the plan’s stand-in size">{`(${quantity(item.size)})`}</span>
        )}
      </td>
      <td class="number">
        {item.baselineSize === null ? <Absent why="not in the baseline" /> : quantity(item.baselineSize)}
      </td>
      <td class="number">
        {item.baselineValue === null ? <Absent why="not in the baseline" /> : amount(item.baselineValue, valueUnit)}
      </td>
      <td class="number">
        {item.earnedValue === null ? (
          <Absent why="not in the baseline, so it earns nothing" />
        ) : (
          amount(item.earnedValue, valueUnit)
        )}
      </td>
      <td class="number">{hours(item.hours)}</td>
      <td class="number">
        {item.cost === null ? <Absent why="not known: hours without a rate" /> : amount(item.cost, valueUnit)}
      </td>
      <td>{item.assignees.length === 0 ? <Absent why="nobody" /> : item.assignees.join(', ')}</td>
      <Day day={item.startedOn} why="not started" />
      <Day day={item.doneOn} why="not done" />
      <Day day={item.due} why="no due date" />
    </tr>
  )
}

/** A link into a tracker; text where the address is none that a browser should open. */
export const TrackerLink = ({ url, text }: { readonly url: string | null; readonly text: string }) => {
  const address = trackerAddress(url)
  return address === null ? (
    <span class="key">{text}</span>
  ) : (
    <a class="key" href={address} rel="noreferrer">
      {text}
    </a>
  )
}

const Day = ({ day, why }: { readonly day: string | null; readonly why: string }) => (
  <td class="day">{day === null ? <Absent why={why} /> : <time datetime={day}>{date(day)}</time>}</td>
)

const Absent = ({ why }: { readonly why: string }) => (
  <span title={why}>
    <span class="unknown" aria-hidden="true">
      {DASH}
    </span>
    <span class="visually-hidden">{why}</span>
  </span>
)
