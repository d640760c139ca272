// Answering prompt pages from a plan (plan.rs): the words of each page's fields and
// what a person types in them. Nothing here names a prompt.

// A label or legend may carry the tag of a field that never leaves.
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')
const words = (text) => new RegExp(`^\\s*${escape(text)}(\\s+Record only)?\\s*$`)

/**
 * Goes through every section of the task list and every prompt it shows, in page
 * order: what the plan knows is answered, the rest skipped. Fails where a planned
 * page was not met on the way.
 */
export async function answerEverything(author, pages, visit) {
  const open = new Map(pages.map((page) => [page.prompt, page]))
  for (const section of new Set(pages.map((page) => page.section))) {
    await author.follow(section)
    await checkTheRoom(author, visit)
    await author.isAt(section)
    await visit(author)
    const first = author.page.locator('main dl a').first()
    await author.there(first, 'prompt to answer')
    await first.click()
    let last
    for (let at = promptAt(author); at; at = promptAt(author)) {
      if (at === last) throw new Error(`the page of “${at}” leads to itself`)
      const page = open.get(at)
      if (page) await answer(author, page, visit)
      else await skip(author, visit)
      open.delete(at)
      last = at
    }
    await author.isAt(section)
    await visit(author, `${section}, answered`)
    await author.follow('Back to the task list')
  }
  if (open.size > 0) {
    throw new Error(`these prompts were planned and not met on the way: ${[...open.keys()].join(', ')}`)
  }
}

/** A sensitive section begins with a page on the room, which leads to its first prompt. */
async function checkTheRoom(author, visit) {
  if (!author.where().endsWith('/before')) return
  await visit(author)
  const section = author.page.url().replace(/\/before$/, '')
  await author.follow('The room is safe: go on')
  if (!promptAt(author)) throw new Error(`the page on the room led to ${author.where()}`)
  await author.open(section)
}

function promptAt(author) {
  return author.where().match(/\/prompts\/([^/]+)$/)?.[1]
}

async function skip(author, visit) {
  await visit(author)
  const link = author.page.getByRole('link', { name: 'Skip for now' })
  await author.follow((await link.count()) > 0 ? 'Skip for now' : 'Continue')
}

/** Answers one prompt and goes on to the next. */
export async function answer(author, page, visit) {
  if (page.record_name) {
    for (const record of page.typed) await addRecord(author, page, record, visit)
  } else {
    const alone = page.typed.length === 1 ? [page.ask, page.short] : []
    for (const control of page.typed) await enter(author, control, alone)
  }
  if (!page.answer) {
    await visit(author)
    await (page.record_name ? author.follow('Continue') : author.saveAndContinue())
    return
  }
  await sayHowItIsKnown(author, page.answer)
  await visit(author)
  await author.saveAndContinue()
}

async function addRecord(author, page, record, visit) {
  await author.follow(`Add: ${page.record_name}`)
  for (const control of record) await enter(author, control, [])
  await visit(author, `add ${page.record_name}`)
  await author.press('Save')
  await author.hasNoErrors(`the ${page.record_name}`)
}

/** State, sources and visibility. Each source is behind a summary, closed until asked for. */
async function sayHowItIsKnown(author, known) {
  await chooseByWord(author, 'state', known.state)
  await author.page.locator('input[name="hers"]').uncheck()
  const sources = known.sources ?? []
  for (const [row, source] of sources.entries()) {
    await rowFor(author, row)
    const group = author.page.getByRole('group', { name: `Source ${row + 1}`, exact: true })
    await group.getByLabel('Kind of source').selectOption(source.kind)
    if (source.detail) await group.getByLabel('Which document, person or record').fill(source.detail)
    if (source.on) await fillDay(group.getByRole('group', { name: 'Date of the source' }), source.on)
    if (source.verified !== undefined) {
      const borne = group.getByRole('group', { name: 'Is it verified?' })
      await borne.getByLabel(source.verified ? /Borne out/ : /Not verified/).check()
    }
    author.steps += 1
  }
  await chooseByWord(author, 'visibility', known.visibility)
}

/** Opens the row of a source; where there is none yet, asks the page for one more. */
async function rowFor(author, row) {
  const rows = author.page.locator('details.foreword-sources__row')
  if ((await rows.count()) <= row) await author.press('Add one more source')
  const summary = rows.nth(row).locator('> summary')
  await author.there(summary, `source ${row + 1}`)
  if ((await rows.nth(row).getAttribute('open')) === null) await summary.click()
}

/** The radio button that stands for a word of the case file. */
async function chooseByWord(author, name, word) {
  const box = author.page.locator(`input[name="${name}"][value="${word}"]`)
  await author.there(box, `“${word}” among the answers to “${name}”`)
  await box.check()
  author.steps += 1
}

/** Puts one control's value in, by its label; a page's only field may have the question as its label. */
export async function enter(author, control, alternatives, scope = author.page) {
  const labels = [control.label, ...alternatives].map(words)
  const all = (locators) => locators.reduce((some, more) => some.or(more))
  const groups = all(labels.map((name) => scope.getByRole('group', { name })))
  author.steps += 1
  switch (control.kind) {
    case 'date':
      await author.there(groups, `date “${control.label}”`)
      return fillDay(groups.first(), control.text)
    case 'choice':
    case 'choices': {
      // A short list is radio buttons or checkboxes in a group; a long one drops down.
      const lists = all(labels.map((name) => scope.getByRole('combobox', { name })))
      await author.there(lists.or(groups), `choice “${control.label}”`)
      if ((await lists.count()) > 0) return lists.first().selectOption({ label: control.options[0].label })
      for (const option of control.options) {
        const box = groups.first().getByLabel(words(option.label))
        await author.there(box, `option “${option.label}” of “${control.label}”`)
        await box.first().check()
      }
      return
    }
    default: {
      const fields = all(labels.map((label) => scope.getByLabel(label).and(scope.locator('input, textarea'))))
      await author.there(fields, `field “${control.label}”`)
      return fields.first().fill(control.text)
    }
  }
}

async function fillDay(group, date) {
  const [year, month, day] = date.split('-')
  await group.getByLabel('Day').fill(String(Number(day)))
  await group.getByLabel('Month').fill(String(Number(month)))
  await group.getByLabel('Year').fill(year)
}
