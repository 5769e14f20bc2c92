import { tellAges } from './ages.ts'
import { enliven } from './charts.ts'
import { followEvents } from './live.ts'

/** Everything that the browser adds; the page is whole without it. */
const start = (): void => {
  tellAges(document)
  enliven(document)
}

start()
followEvents(start)
