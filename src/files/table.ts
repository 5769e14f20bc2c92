/** A table of texts, ready to be set. */
export interface Table {
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly string[])[]
}

export interface TableColumn {
  readonly title: string
  /** Numbers stand to the right. */
  readonly align: 'left' | 'right'
}
