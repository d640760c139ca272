// Putting a proposal together, as the case file has it: the sentence, then each
// requirement with what it is, where, when and for which needs.
//
// The fields of these pages carry the case file's own names, so a form is filled from
// the part of the case file that it holds.

/** Composes the proposal, starting from and ending at the task list. */
export async function propose(author, proposal, names) {
  await author.follow('Proposal')
  await author.isAt('Proposal')
  await author.axe('proposal, empty')
  await sentence(author, proposal)
  for (const requirement of proposal.requirements) await require(author, requirement, names[requirement.id])
  await author.axe('proposal, with requirements')
  await author.follow('Back to the task list')
}

async function sentence(author, proposal) {
  await author.page.getByRole('link', { name: /Sentence proposed$/ }).first().click()
  await author.isAt('Sentence proposed')
  const { order, months, suspended, punished } = proposal
  const { by, note, reason } = punished ?? {}
  await fillNamed(author, { order, months, suspended, punished: { by, words: note ?? reason } })
  await author.openEverything()
  await author.axe('sentence proposed')
  await author.press('Save')
  await author.hasNoErrors('the sentence')
}

async function require(author, requirement, name) {
  await author.follow('Add a requirement')
  await author.isAt('Add a requirement')
  await author.axe('add a requirement')
  await author.follow(new RegExp(`^Add\\s+${name}$`, 'i'))
  await author.expecting(422, async () => {
    await fillNamed(author, { amount: 'a lot' })
    await author.press('Save')
    await author.axe('a requirement with errors')
  })
  const { id, slots = [], ...fields } = requirement
  await fillNamed(author, { ...fields, slot: slots })
  await author.axe(`requirement: ${id}`)
  await author.press('Save')
  await author.hasNoErrors(`the requirement ${id}`)
}

/** Fills the fields of a form that have the names of an object's parts. */
export async function fillNamed(author, value, name = '') {
  if (value === undefined || value === null) return
  const field = (suffix = '') => author.page.locator(`main [name="${name}${suffix}"]`)
  const box = (value) => author.page.locator(`main [name="${name}"][value="${value}"]`)
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    for (const item of value) await box(item).check()
  } else if (typeof value === 'object') {
    for (const [part, inner] of Object.entries(value)) await fillNamed(author, inner, name ? `${name}.${part}` : part)
  } else if ((await field('-day').count()) > 0) {
    const [year, month, day] = value.split('-')
    await field('-day').fill(String(Number(day)))
    await field('-month').fill(String(Number(month)))
    await field('-year').fill(year)
  } else {
    const word = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
    await author.there(field(), `field named ${name}`)
    const element = await field().first().evaluate(({ tagName, type }) => (tagName === 'SELECT' ? 'select' : type))
    if (element === 'radio') await box(word).check()
    else if (element === 'select') await field().selectOption(word)
    else await field().fill(word)
  }
  author.steps += 1
}
