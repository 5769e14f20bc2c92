/** Says how long ago the moments marked `data-ago` were, beside the moment itself, and keeps it true. */
export const tellAges = (root: ParentNode): void => {
  for (const time of root.querySelectorAll<HTMLTimeElement>('time[data-ago]')) {
    const words = age(Date.now() - Date.parse(time.dateTime))
    let note = time.nextElementSibling
    if (!note?.classList.contains('ago')) {
      note = document.createElement('span')
      note.className = 'ago'
      time.after(note)
    }
    note.textContent = words === null ? '' : ` (${words})`
  }
}

setInterval(() => tellAges(document), 30_000)

const age = (ms: number): string | null => {
  if (Number.isNaN(ms) || ms < -60_000) return null
  if (ms < 60_000) return 'just now'
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ago`
  if (ms < 172_800_000) return `${Math.floor(ms / 3_600_000)} h ago`
  return `${Math.floor(ms / 86_400_000)} days ago`
}
