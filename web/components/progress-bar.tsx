/** How much is done, with a tick where the plan expected to be. The numbers stand beside it as text. */
export const ProgressBar = ({
  complete,
  planned,
}: {
  readonly complete: number | null
  readonly planned: number | null
}) => (
  <svg class="progress" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" x="0" y="1" width="100" height="6" />
    {complete !== null && <rect class="fill" x="0" y="1" width={within(complete)} height="6" />}
    {planned !== null && <rect class="tick" x={Math.min(within(planned), 98.6)} y="0" width="1.4" height="8" />}
  </svg>
)

const within = (value: number): number => Math.max(0, Math.min(100, Math.round(value * 10) / 10))
