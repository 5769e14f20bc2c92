import { verifyAudit } from '../../../store/audit.ts'
import { compareBalances } from '../../../store/balances.ts'
import type { Database } from '../../../store/database.ts'
import { readHeads } from '../../../store/heads.ts'
import { plural } from '../../../../web/components/format.ts'
import { type Finding, fine, remark, wrong } from './finding.ts'

/** Whether balances are what the ledger's lines add up to, and whether the audit trail is whole. */
export const checkBooks = async (db: Database): Promise<readonly Finding[]> => {
  const findings: Finding[] = []
  for (const { plan, planNo, revision, reserved } of await readHeads(db)) {
    const differences = await compareBalances(db, planNo)
    const [first] = differences
    findings.push(
      first === undefined
        ? fine(`plan ${plan}`, `balances equal the ledger, revision ${revision}`)
        : wrong(
            `plan ${plan}`,
            `${plural(differences.length, 'balance')} differ from the ledger, the first on ${first.day} in ${first.table}: restore a backup, and please report it`,
          ),
    )
    if (reserved !== null) findings.push(remark(`plan ${plan}`, `a large change is being settled by ${reserved.by}`))
  }
  const broken = await verifyAudit(db)
  findings.push(
    broken === null
      ? fine('audit trail', 'whole')
      : wrong('audit trail', `note ${broken} is not as it was written: somebody changed the database by hand`),
  )
  return findings
}
