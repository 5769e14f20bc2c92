import { type BalanceAmounts, NO_BALANCE } from './posting.ts'

/** Balances added column by column. */
export const addBalances = (parts: readonly BalanceAmounts[]): BalanceAmounts => {
  const sum: Record<string, number | bigint> = { ...NO_BALANCE }
  for (const part of parts)
    for (const [column, amount] of Object.entries(part) as [string, number | bigint][])
      sum[column] = plus(sum[column]!, amount)
  return { ...NO_BALANCE, ...sum }
}

const plus = (a: number | bigint, b: number | bigint): number | bigint =>
  typeof a === 'bigint' || typeof b === 'bigint' ? BigInt(a) + BigInt(b) : a + b
