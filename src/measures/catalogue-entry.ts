/** How a measure is named, read and explained. */
export interface CatalogueEntry {
  /** Its key path in the plan variance report. */
  readonly id: string
  readonly name: string
  readonly symbol: string
  /** `value` = money, or the plan's unit where it has no money; `size` = points, hours or items. */
  readonly unit: 'value' | 'ratio' | 'percent' | 'working days' | 'size' | 'items' | 'hours' | 'date' | 'text'
  readonly good: 'higher' | 'lower' | 'near-one' | 'none'
  /** What it says, for people. */
  readonly words: string
  /** In words or symbols; other measures by their symbol. */
  readonly formula: string
  readonly source: string
}
