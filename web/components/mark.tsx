/** The Plumbline mark: a line and its bob. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
    <path d="M5 3h14" class="mark-beam" />
    <path d="M12 3v8" class="mark-line" />
    <path d="M8.5 11h7l-.6 4.5L12 22l-2.9-6.5z" class="mark-bob" />
  </svg>
)
