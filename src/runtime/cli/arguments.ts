import { InvalidArgumentError } from 'commander'
import { isIsoDate, isoInstant } from '../../model/time.ts'

/** Readers of options; commander names the option and shows the sentence. */
export const dateArgument = (text: string): string => {
  if (!isIsoDate(text)) throw new InvalidArgumentError('Write a date as YYYY-MM-DD.')
  return text
}

export const instantArgument = (text: string): string => {
  // Without a zone an instant would mean another moment on every machine.
  if (!/T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('Write an instant with its zone, e.g. 2026-06-30T18:00:00Z.')
  return isoInstant(text)
}

export const numberArgument = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Write a whole number above 0.')
  return Number(text)
}

export const portArgument = (text: string): number => {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Write a port from 0 to 65535.')
  return port
}
