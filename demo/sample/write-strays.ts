import { addDays } from '../../src/model/time.ts'
import type { PlanBlueprint } from './blueprint.ts'
import { type Life, withAct, workingMoment } from './life.ts'
import { PEOPLE } from './people.ts'
import { STRAY_TITLES } from './themes/stray.ts'
import { momentOf, shiftWorkdays, workdaysBetween } from './working-days.ts'
import type { Story } from './write-items.ts'

/** Items that no rule of any plan takes. */
export const writeStrays = (story: Story): readonly Life[] =>
  Object.entries(STRAY_TITLES).flatMap(([container, titles]) => {
    const random = story.random.fork(`stray/${container}`)
    const onGitHub = container.includes('/')
    const able = PEOPLE.filter((person) => (onGitHub ? person.github : person.jira) !== null && person.rate !== null)
    const days = workdaysBetween(addDays(story.anchor, -170), addDays(story.anchor, -12))
    return titles.map((title, index): Life => {
      // The second of each is an old one that stays open: it may be moved later.
      const old = index === 1
      const day = old ? days[random.integer(5, 40)]! : random.pick(days)
      const assignee = random.pick(able).id
      const life: Life = {
        ...BLANK,
        ref: `stray/${container}/${index + 1}`,
        plan: 'stray',
        origin: 'stray',
        container,
        title,
        text: `${title}.`,
        type: random.chance(0.3) ? 'Bug' : 'Task',
        points: random.chance(0.4) ? random.pick([1, 2, 3]) : null,
        assignee,
        reporter: 'lena',
        createdAt: workingMoment(random, day, null),
      }
      const at = workingMoment(random, shiftWorkdays(day, random.integer(2, 20)), life.createdAt)
      if (index === 0)
        return withAct(
          life,
          { at, actor: 'lena', deed: { kind: 'drop', reason: 'not-planned', duplicateOf: null } },
          story.horizon,
        )
      return !old && random.chance(0.55)
        ? withAct(life, { at, actor: assignee, deed: { kind: 'complete' } }, story.horizon)
        : life
    })
  })

/** The epics of a plan, written before all else. */
export const writeEpics = (plan: PlanBlueprint): readonly Life[] =>
  plan.epics.map((epic, index) => ({
    ...BLANK,
    ref: epic.ref,
    plan: plan.id,
    origin: 'epic',
    container: epic.container,
    title: epic.title,
    text: epic.text,
    type: 'Epic',
    points: null,
    assignee: null,
    reporter: 'lena',
    createdAt: momentOf(shiftWorkdays(plan.start, 0), 500 + index * 4),
  }))

const BLANK = { phase: null, labels: [], components: [], milestone: null, parent: null, due: null, acts: [] }
