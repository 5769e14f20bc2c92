/** GitHub's limit, and the largest of all trackers. */
export const LARGEST_BODY = 25 * 1024 * 1024

/**
 * The bytes of a request, word for word: signatures cover bytes.
 *
 * @returns `null` when there are more than 25 MiB; the rest is then left unread
 */
export const readBody = async (request: Request): Promise<Uint8Array | null> => {
  const length = request.headers.get('content-length')
  if (length !== null && Number(length) > LARGEST_BODY) return null
  if (length !== null) return new Uint8Array(await request.arrayBuffer())
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  if (!reader) return new Uint8Array()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > LARGEST_BODY) {
      await reader.cancel()
      return null
    }
    chunks.push(value)
  }
  const body = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.length
  }
  return body
}
