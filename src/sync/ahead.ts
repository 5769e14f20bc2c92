/**
 * Runs an iterable one step ahead of its reader, so that the next page travels while the last one is stored.
 * An error of the step ahead is thrown when its turn comes; when the reader stops early, the source is closed.
 */
export async function* ahead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]()
  let coming = quietly(iterator.next())
  try {
    for (;;) {
      const step = await coming
      if (step.done) return
      coming = quietly(iterator.next())
      yield step.value
    }
  } finally {
    await coming.catch(() => null)
    await iterator.return?.()
  }
}

/** Keeps a promise that nobody awaits yet from counting as unhandled. */
const quietly = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => null)
  return promise
}
