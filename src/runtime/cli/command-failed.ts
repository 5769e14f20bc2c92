/** Not all of it worked, and everything that there is to say about it has been said. */
export class CommandFailed extends Error {
  constructor() {
    super('not all of it worked')
    this.name = 'CommandFailed'
  }
}
