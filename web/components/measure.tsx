import { REASONS, type Reason } from '../../src/model/reason.ts'
import { DASH } from './format.ts'

type Tone = 'good' | 'bad' | 'plain'

interface MeasureProps {
  readonly value: number | null
  readonly because: Reason | undefined
  readonly format: (value: number) => string
  /** Address of the explanation. */
  readonly href: string
  readonly tone?: Tone
}

/** A number that opens its explanation; what is unknown is a dash with its reason, on hover and in text. */
export const Measure = ({ value, because, format, href, tone = 'plain' }: MeasureProps) =>
  value === null ? (
    <a class="measure" href={href} title={reasonText(because)}>
      <Unknown because={because} />
    </a>
  ) : (
    <a class={tone === 'plain' ? 'measure' : `measure ${tone}`} href={href}>
      {format(value)}
    </a>
  )

/** A number whose inputs stand beside it, so that it needs no explanation of its own. */
export const PlainMeasure = ({ value, because, format, tone = 'plain' }: Omit<MeasureProps, 'href'>) =>
  value === null ? (
    <span title={reasonText(because)}>
      <Unknown because={because} />
    </span>
  ) : (
    <span class={tone}>{format(value)}</span>
  )

/** A date, or a dash with its reason. */
export const When = ({
  date,
  because,
  format,
}: {
  readonly date: string | null
  readonly because: Reason | undefined
  readonly format: (isoDate: string) => string
}) =>
  date === null ? (
    <span title={reasonText(because)}>
      <Unknown because={because} />
    </span>
  ) : (
    <time datetime={date}>{format(date)}</time>
  )

/** The sentence behind a reason code. */
export const reasonText = (because: Reason | undefined): string =>
  because === undefined ? 'Not known.' : REASONS[because]

/** Negative is bad (earned value's variances), unless it vanishes in rounding. */
export const negativeIsBad = (value: number | null): Tone => toneOf(value, -1)

/** Positive is bad (days late). */
export const positiveIsBad = (value: number | null): Tone => toneOf(value, 1)

/** Below 0.95 is bad, where status rules begin to fire; above 1 is good (performance indices). */
export const belowOneIsBad = (value: number | null): Tone =>
  value === null || (value >= 0.95 && value < 1) ? 'plain' : toneOf(value - 1, -1)

const toneOf = (value: number | null, bad: 1 | -1): Tone => {
  if (value === null || Math.abs(value) < 0.005) return 'plain'
  return Math.sign(value) === bad ? 'bad' : 'good'
}

const Unknown = ({ because }: { readonly because: Reason | undefined }) => (
  <>
    <span class="unknown" aria-hidden="true">
      {DASH}
    </span>
    <span class="visually-hidden">{`not known: ${reasonText(because)}`}</span>
  </>
)
