import { Fault } from '../../model/fault.ts'

/**
 * The sources that a sync is asked for: those that are named, or all.
 *
 * @throws Fault notFound when one is named that is not set up, invalid when there is none at all
 */
export const chooseSources = (known: readonly string[], wanted: readonly string[]): readonly string[] => {
  if (known.length === 0)
    throw new Fault('invalid', 'sync: nothing is set up to be read yet: run "plumbline apply -f FILE" first')
  const missing = wanted.find((id) => !known.includes(id))
  if (missing !== undefined)
    throw new Fault('notFound', `sync: no source is named ${missing}: these are set up: ${known.join(', ')}`)
  return wanted.length === 0 ? known : [...new Set(wanted)]
}
