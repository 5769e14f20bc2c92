import type { Trust } from '../../src/reports/shapes/plan-variance.ts'
import { type View, itemsAddress, sourcesAddress } from './address.ts'
import { count, instant } from './format.ts'
import { TrustBadge } from './status.tsx'

interface TrustStripProps {
  readonly plan: string
  readonly phase: string | null
  readonly trust: Trust
  readonly timezone: string
  readonly view: View
}

/** What the numbers rest on, and every gap: told on the page that shows them. */
export const TrustStrip = ({ plan, phase, trust, timezone, view }: TrustStripProps) => (
  <section class="trust" aria-labelledby="trust">
    <h2 id="trust">Trust</h2>
    <TrustBadge level={trust.level} />
    <dl>
      <Moment name="Last webhook" at={trust.lastDeliveryAt} never="none yet" timezone={timezone} />
      <Moment name="Last poll" at={trust.lastPollAt} never="none yet" timezone={timezone} />
      <Count name="Items seen" value={trust.itemsSeen} href={sourcesAddress()} />
      <Count name="Mapped" value={trust.mapped} href={itemsAddress(plan, null, {}, view)} />
      <Count name="Unmapped" value={trust.unmapped} href={itemsAddress(plan, null, { unmapped: true }, view)} gap />
      <Count
        name="Unestimated"
        value={trust.unestimated}
        href={itemsAddress(plan, phase, { unestimated: true }, view)}
        gap
      />
    </dl>
    {trust.settling && (
      <p class="remark">A large change is being booked; the numbers before it are shown until then.</p>
    )}
    {trust.remarks.map((remark) => (
      <p class="remark">{remark}</p>
    ))}
    <details id="trust-sources">
      <summary>{`Sources (${count(trust.sources.length)})`}</summary>
      <ul class="sources">
        {trust.sources.map((source) => (
          <li>
            <strong>{source.title}</strong>
            {source.error === null ? (
              <span class="fine">working</span>
            ) : (
              <span class="bad">
                {source.error}
                {source.nextAttemptAt !== null && ` Next attempt ${instant(source.nextAttemptAt, timezone)}.`}
              </span>
            )}
            <span class="of">
              {`${count(source.itemsSeen)} items seen, last webhook ${moment(source.lastDeliveryAt, timezone)}, last poll ${moment(source.lastPollAt, timezone)}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  </section>
)

const Moment = ({
  name,
  at,
  never,
  timezone,
}: {
  readonly name: string
  readonly at: string | null
  readonly never: string
  readonly timezone: string
}) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {at === null ? (
        never
      ) : (
        <time datetime={at} data-ago>
          {instant(at, timezone)}
        </time>
      )}
    </dd>
  </div>
)

const Count = ({
  name,
  value,
  href,
  gap = false,
}: {
  readonly name: string
  readonly value: number
  readonly href: string
  readonly gap?: boolean
}) => (
  <div class={gap && value > 0 ? 'gap' : ''}>
    <dt>{name}</dt>
    <dd>
      <a class="measure" href={href}>
        {count(value)}
      </a>
    </dd>
  </div>
)

const moment = (at: string | null, timezone: string): string => (at === null ? 'none yet' : instant(at, timezone))
