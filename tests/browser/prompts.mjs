// Answering prompt pages from a plan (plan.rs): the words of each page's fields and
// what a person types in them. Nothing here names a prompt.

// A label or legend may carry the tag of a field that never leaves.
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')
const words = (text) => new RegExp(`^\\s*${escape(text)}(\\s+Record only)?\\s*$`)

/** The first of the candidates that is on the page, or an error that says what was looked for. */
async function present(author, what, candidates) {
  for (const candidate of candidates) {
    if ((await candidate.count()) > 0) return candidate.first()
  }
  throw new Error(`no ${what} on ${author.where()}, headed “${await author.heading()}”`)
}

/** Puts one control's value in, by its label; a page's only field may have the question as its label. */
export async function enter(author, control, alternatives = [], scope = author.page) {
  const labels = [control.label, ...alternatives]
  const groups = labels.map((label) => scope.getByRole('group', { name: words(label) }))
  const fields = labels.map((label) => scope.getByLabel(words(label)).and(scope.locator('input, textarea, select')))
  author.steps += 1
  switch (control.kind) {
    case 'date': {
      const [year, month, day] = control.text.split('-')
      const group = await present(author, `date “${control.label}”`, groups)
      await group.getByLabel('Day').fill(String(Number(day)))
      await group.getByLabel('Month').fill(String(Number(month)))
      await group.getByLabel('Year').fill(year)
      return
    }
    case 'choice':
    case 'choices': {
      // A short list is radio buttons or checkboxes in a group; a long one drops down.
      const lists = labels.map((label) => scope.getByRole('combobox', { name: words(label) }))
      const found = await present(author, `choice “${control.label}”`, [...lists, ...groups])
      if ((await found.evaluate((element) => element.tagName)) === 'SELECT') {
        await found.selectOption({ label: control.options[0].label })
        return
      }
      for (const option of control.options) {
        const box = found.getByLabel(words(option.label))
        await (await present(author, `option “${option.label}” of “${control.label}”`, [box])).check()
      }
      return
    }
    default:
      await (await present(author, `field “${control.label}”`, fields)).fill(control.text)
  }
}

/** Fills one form of a page: the controls, then state, sources and visibility where it has them. */
export async function fillIn(author, page, controls) {
  const alone = controls.length === 1 ? [page.ask, page.short] : []
  for (const control of controls) await enter(author, control, alone)
}

/** Chooses an input of a group by its value, as the case file spells it; false where the page offers none. */
export async function chooseValue(author, name, value) {
  const box = author.page.locator(`input[name="${name}"][value="${value}"]`)
  if ((await box.count()) === 0) return false
  author.steps += 1
  await box.first().check()
  return true
}
