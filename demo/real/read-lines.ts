import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** The objects of a packed file that holds one JSON object a line. */
export const readLines = <T>(file: string): readonly T[] =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line))
