import { Fault } from '../../model/fault.ts'

/** PostgreSQL brings better tools than ours. @throws Fault invalid with the command to use instead */
export const refusePostgres = (databaseUrl: string | null, instead: string): void => {
  if (databaseUrl !== null)
    throw new Fault('invalid', `cli: DATABASE_URL names a PostgreSQL, which has its own tool for this: run ${instead}`)
}
