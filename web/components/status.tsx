import type { Status } from '../../src/reports/shapes/plan-variance.ts'

/** A status as word, shape and colour: none of them alone. */
export const StatusBadge = ({ status }: { readonly status: Status }) => (
  <span class={`status ${status}`}>
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d={SHAPES[status]} class={status === 'unknown' ? 'hollow' : 'solid'} />
    </svg>
    {STATUS_WORDS[status]}
  </span>
)

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  'on-track': 'On track',
  'at-risk': 'At risk',
  'off-track': 'Off track',
  unknown: 'Not known',
}

/** Circle, triangle, square on its corner, ring. */
const SHAPES: Readonly<Record<Status, string>> = {
  'on-track': 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1z',
  'at-risk': 'M6 .8 11.6 11H.4z',
  'off-track': 'M6 0l6 6-6 6-6-6z',
  unknown: 'M6 1.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4z',
}

/** What a trust level is called, with as many filled bars as it deserves. */
export const TrustBadge = ({ level }: { readonly level: 'good' | 'limited' | 'poor' }) => (
  <span class={`trust-level ${level}`}>
    <svg viewBox="0 0 14 12" width="14" height="12" aria-hidden="true">
      {[0, 1, 2].map((bar) => (
        <rect
          x={bar * 5}
          y={8 - bar * 4}
          width="4"
          height={4 + bar * 4}
          class={bar < TRUST[level].bars ? 'solid' : 'hollow'}
        />
      ))}
    </svg>
    {TRUST[level].word}
  </span>
)

const TRUST = {
  good: { word: 'Good', bars: 3 },
  limited: { word: 'Limited', bars: 2 },
  poor: { word: 'Poor', bars: 1 },
} as const
