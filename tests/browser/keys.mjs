// A person who uses nothing but the keyboard: Tab to what she wants, then Enter, Space,
// the arrows and letters. Everything that an Author does with the mouse is done so here.
//
// Lives here: reaching things and acting on them. What Tab cannot reach fails the journey,
// and so does a focus that does not show, and a page wider than the window.

import { Author } from './lib.mjs'

const FARTHEST = 600

const sameWords = (text) => (text instanceof RegExp ? text : new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`))

export class Keys extends Author {
  /** Tabs to an element, forwards or back, whichever is nearer to where the focus is. */
  async reach(locator, what) {
    await this.there(locator, what)
    const target = await locator.first().elementHandle()
    for (let tabs = 0; tabs < FARTHEST; tabs += 1) {
      const way = await target.evaluate((wanted) => {
        const at = document.activeElement
        const sameGroup = wanted.type === 'radio' && at.type === 'radio' && at.name === wanted.name && at.form === wanted.form
        if (at === wanted || sameGroup) return at.matches(':focus-visible') ? 'there' : 'unseen'
        const before = at !== document.body && at.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING
        return before ? 'Shift+Tab' : 'Tab'
      })
      if (way === 'there') return target
      if (way === 'unseen') throw new Error(`the focus does not show on ${what} (${this.where()})`)
      await this.page.keyboard.press(way)
    }
    throw new Error(`${what} cannot be reached with Tab on ${this.where()}`)
  }

  async fits() {
    const { wide, window } = await this.page.evaluate(() => ({ wide: document.documentElement.scrollWidth, window: innerWidth }))
    if (wide > window) this.fault(`${this.where()} is ${wide} wide in a window of ${window}`)
  }

  /** Presses Enter where the focus is, and waits for the page that follows. */
  async enter() {
    const [response] = await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), this.page.keyboard.press('Enter')])
    if (response && response.status() >= 500) throw new Error(`${this.where()} answered ${response.status()}`)
    await this.fits()
  }

  async fill(label, value, group) {
    this.steps += 1
    await this.type(this.within(group).getByLabel(sameWords(label)), value, `field “${label}”`)
  }

  async type(field, value, what = 'a field') {
    await this.reach(field, what)
    await this.page.keyboard.press('Control+A')
    await this.page.keyboard.type(String(value))
  }

  async fillDate(legend, date, group) {
    const [year, month, day] = date.split('-').map(Number)
    const fields = this.within(group).getByRole('group', { name: sameWords(legend) })
    for (const [label, value] of [['Day', day], ['Month', month], ['Year', year]]) await this.type(fields.getByLabel(sameWords(label)), value, label)
  }

  async choose(option, group) {
    this.steps += 1
    await this.tick(this.within(group).getByLabel(sameWords(option)), `option “${option}”`)
  }

  /** Chooses a radio button with the arrows, or ticks a box with Space. */
  async tick(box, what = 'a box') {
    const target = await this.reach(box, what)
    for (let tries = 0; tries < 40; tries += 1) {
      const { chosen, next } = await target.evaluate((wanted) => ({
        chosen: wanted.checked,
        next: wanted.type === 'radio' && document.activeElement.checked ? 'ArrowDown' : 'Space'
      }))
      if (chosen) return
      await this.page.keyboard.press(next)
    }
    throw new Error(`${what} cannot be chosen with the keyboard on ${this.where()}`)
  }

  async select(label, option, group) {
    this.steps += 1
    const list = this.within(group).getByLabel(sameWords(label))
    const target = await this.reach(list, `list “${label}”`)
    await this.page.keyboard.type(option)
    const chosen = await target.evaluate((el) => el.selectedOptions[0]?.label)
    if (chosen !== option) throw new Error(`“${option}” was typed, and “${chosen}” is chosen`)
  }

  async press(name) {
    this.steps += 1
    await this.reach(this.page.getByRole('button', { name: sameWords(name) }), `button “${name}”`)
    await this.enter()
  }

  async follow(name, group) {
    this.steps += 1
    const within = this.within(group)
    const called = { name: sameWords(name) }
    const links = within.getByRole('link', called).or(within.locator('a').and(within.getByRole('button', called)))
    await this.reach(links, `link “${name}”`)
    await this.enter()
  }

  /** Opens what is folded away under these words. */
  async unfold(summary) {
    await this.reach(this.page.locator('summary', { hasText: summary }), `“${summary}”`)
    await this.page.keyboard.press('Enter')
  }

  async download(name, as) {
    const it = this.page.getByRole('link', { name }).or(this.page.getByRole('button', { name }))
    await this.reach(it, `download “${name}”`)
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.page.keyboard.press('Enter')])
    const file = `${this.run.downloads}/${as}`
    await download.saveAs(file)
    return file
  }
}
