/** One thing that the doctor looked at. */
export interface Finding {
  /** `fine`; `remark` = worth knowing, nothing is broken; `wrong` = something has to be done. */
  readonly verdict: 'fine' | 'remark' | 'wrong'
  readonly about: string
  readonly says: string
}

export const fine = (about: string, says: string): Finding => ({ verdict: 'fine', about, says })
export const remark = (about: string, says: string): Finding => ({ verdict: 'remark', about, says })
export const wrong = (about: string, says: string): Finding => ({ verdict: 'wrong', about, says })

const MARKS = { fine: '✓', remark: '!', wrong: '✗' } as const

export const findingLine = ({ verdict, about, says }: Finding): string => `${MARKS[verdict]} ${about}: ${says}\n`
