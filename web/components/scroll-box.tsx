import type { PropsWithChildren } from 'hono/jsx'

/** A box in which a wide table scrolls, so that the page does not. Reachable by keyboard. */
export const ScrollBox = ({
  id,
  label,
  children,
}: PropsWithChildren<{ readonly id: string; readonly label: string }>) => (
  <section class="scroll" id={id} aria-label={`Table: ${label}`} tabindex={0}>
    {children}
  </section>
)
