/** A set-up that comes in over HTTP may name variables of the environment, but not the service's own keys. */
export const withoutOwnSecrets = (
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(environment).filter(([name]) => name !== 'DATABASE_URL' && !name.startsWith('PLUMBLINE_')),
  )
