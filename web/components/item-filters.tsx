import { type ItemFilters, type View, itemsAddress } from './address.ts'
import { ITEM_STATES } from './item-row.tsx'

interface ItemFiltersProps {
  readonly plan: string
  /** The phase that the address itself names; the choice of a phase is offered only without one. */
  readonly phase: string | null
  readonly phases: readonly { readonly id: string; readonly name: string }[]
  readonly filters: ItemFilters
  readonly view: View
}

/** Narrows the list. A plain GET form: what it shows has an address. */
export const ItemFiltersForm = ({ plan, phase, phases, filters, view }: ItemFiltersProps) => (
  <form
    class="filters"
    method="get"
    autocomplete="off"
    action={itemsAddress(plan, phase)}
    aria-label="Filter work items"
  >
    <label>
      State
      <select name="state">
        <option value="">any</option>
        {Object.entries(ITEM_STATES).map(([state, word]) => (
          <option value={state} selected={filters.state === state}>
            {word}
          </option>
        ))}
      </select>
    </label>
    {phase === null && (
      <label>
        Phase
        <select name="phase">
          <option value="">any</option>
          {phases.map(({ id, name }) => (
            <option value={id} selected={filters.phase === id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    )}
    <label>
      Key or title
      <input type="search" name="search" value={filters.search ?? ''} />
    </label>
    <label class="check">
      <input type="checkbox" name="unmapped" value="1" checked={filters.unmapped} />
      unmapped only
    </label>
    <label class="check">
      <input type="checkbox" name="unestimated" value="1" checked={filters.unestimated} />
      unestimated only
    </label>
    {Object.entries(view).map(
      ([name, value]) => value !== null && <input type="hidden" name={name} value={String(value)} />,
    )}
    <button type="submit">Filter</button>
    <a href={itemsAddress(plan, phase, {}, view)}>Clear</a>
  </form>
)
