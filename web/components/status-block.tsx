import type { PlanVarianceRow } from '../../src/reports/shapes/plan-variance.ts'
import { date } from './format.ts'
import { STATUS_WORDS, StatusBadge } from './status.tsx'

/** The status with every rule that fired, and what the owner says of it. */
export const StatusBlock = ({ row }: { readonly row: PlanVarianceRow }) => (
  <section class="status-block" data-status={row.status} aria-labelledby="status">
    <h2 id="status">
      <span class="visually-hidden">Status: </span>
      <StatusBadge status={row.status} />
    </h2>
    <ul>
      {row.statusBecause.map((sentence) => (
        <li>{sentence}</li>
      ))}
    </ul>
    {row.declaredStatus !== null && (
      <p class="declared">
        {`The owner said on ${date(row.declaredStatus.date)}: ${STATUS_WORDS[row.declaredStatus.status].toLowerCase()}.`}
        {row.declaredStatus.comment !== null && ` “${row.declaredStatus.comment}”`}
      </p>
    )}
  </section>
)
