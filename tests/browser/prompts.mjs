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
  const address = author.page.url()
  const left = (page.answer.sources ?? []).slice(author.sourcesGiven)
  await author.saveAndContinue()
  // A page offers two more rows for sources than it holds; a third needs a second visit.
  if (left.length > 0) {
    await author.open(address)
    await sayHowItIsKnown(author, page.answer)
    await author.saveAndContinue()
  }
}

async function addRecord(author, page, record, visit) {
  await author.follow(`Add: ${page.record_name}`)
  for (const control of record) await enter(author, control, [])
  await visit(author, `add ${page.record_name}`)
  await author.press('Save')
  await author.hasNoErrors(`the ${page.record_name}`)
}

/** State, sources and visibility. They are behind a summary, closed until asked for. */
async function sayHowItIsKnown(author, known) {
  await chooseByWord(author, 'state', known.state)
  const summary = author.page.locator('details:not([open]) > summary').filter({ hasText: 'Source and use' })
  if ((await summary.count()) > 0) await summary.first().click()
  const details = author.page.getByLabel('Which document, person or record')
  const rows = await details.count()
  const sources = (known.sources ?? []).slice(0, rows)
  author.sourcesGiven = sources.length
  for (const [row, source] of sources.entries()) {
    await author.page.getByRole('combobox', { name: row === 0 ? /^Source$/ : new RegExp(`^Source ${row + 1}$`) }).selectOption(source.kind)
    if (source.detail) await details.nth(row).fill(source.detail)
    if (source.on) await fillDay(author.page.getByRole('group', { name: 'Date of the source' }).nth(row), source.on)
    if (source.verified !== undefined) {
      const borne = author.page.getByRole('group', { name: 'Is it verified?' }).nth(row)
      await borne.getByLabel(source.verified ? /Borne out/ : /Not verified/).check()
    }
    author.steps += 1
  }
  await chooseByWord(author, 'visibility', known.visibility)
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
