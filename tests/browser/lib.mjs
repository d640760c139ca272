// What every browser script stands on: Chromium through playwright-core, forms filled
// by the words a person reads, and a watch for everything that must not happen.
//
// Lives here: how to act and what to watch. Not here: any page of Foreword. A script
// is `journey(async (author) => { … })`; tests/README.md shows how to add one.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'

import { look } from './look.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

// Nothing but the service under test is to be asked for anything.
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic'
]

// One label may be read with a hint of its state behind it; whole words only.
const sameWords = (text) => (text instanceof RegExp ? text : new RegExp(`^\\s*${escape(text)}\\s*$`))
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')

/** What a script was told: --base, --downloads, --artefacts, --javascript on|off, --plan, --password. */
export function told() {
  const options = ['base', 'downloads', 'artefacts', 'javascript', 'set-up', 'plan', 'password']
  const { values } = parseArgs({ options: Object.fromEntries(options.map((name) => [name, { type: 'string' }])) })
  return {
    ...values,
    javascript: values.javascript !== 'off',
    artefacts: values.artefacts ?? 'target/browser',
    downloads: values.downloads ?? 'target/browser'
  }
}

/** The plan a test wrote for this run: what is to be typed where. */
export function plan() {
  return JSON.parse(readFileSync(told().plan, 'utf8'))
}

/**
 * Runs one journey: a browser, a fresh context, the steps, and then the verdict on
 * all that was watched. Exits 1 with the reason where anything is wrong.
 */
export async function journey(steps, options = {}) {
  const run = { ...told(), ...options }
  const name = path.basename(process.argv[1], '.mjs')
  mkdirSync(run.artefacts, { recursive: true })
  const browser = await chromium.launch({
    executablePath: process.env.FOREWORD_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: CHROMIUM_FLAGS
  })
  let author
  try {
    author = new Author(await newPage(browser, run), run)
    await steps(author)
    author.verdict()
    console.log(`${name}: ${author.steps} steps, ${author.pagesChecked} page states checked with axe-core, JavaScript ${run.javascript ? 'on' : 'off'}`)
  } catch (error) {
    const kept = await author?.keep(`${name}-${run.javascript ? 'js' : 'nojs'}`, run.artefacts)
    const watched = author?.faults.map((fault) => `  also: ${fault}`).join('\n') ?? ''
    const reason = (error.stack ?? String(error)).replace(/\u001b\[\d+m/g, '')
    console.error([reason, error.faults ? '' : watched, kept ?? ''].filter(Boolean).join('\n'))
    process.exitCode = 1
  } finally {
    await browser.close()
  }
}

/** A page of a browser that shares nothing with another: cookies, storage, cache. */
async function newPage(browser, run) {
  const context = await browser.newContext({
    baseURL: run.base,
    javaScriptEnabled: run.javascript,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    acceptDownloads: true,
    serviceWorkers: 'block'
  })
  context.setDefaultTimeout(10_000)
  return context.newPage()
}

/** A person at the browser, who finds things by the words on them. */
export class Author {
  constructor(page, run) {
    this.page = page
    this.run = run
    this.faults = []
    this.seen = new Set()
    this.parts = new Set()
    this.steps = 0
    this.pagesChecked = 0
    this.expectedStatus = new Set()
    this.watch()
  }

  /** Somebody else, at a browser of her own at the same time; judged with this one. */
  async beside() {
    const other = new Author(await newPage(this.page.context().browser(), this.run), this.run)
    other.faults = this.faults
    other.seen = this.seen
    return other
  }

  // ---- what must not happen -------------------------------------------------

  watch() {
    const home = this.run.base && new URL(this.run.base).origin
    this.page.on('console', (message) => {
      if (message.type() !== 'error') return
      if (this.mayGoUnanswered && /net::ERR_/.test(message.text())) return
      // Said of every answer of 400 and above, each of which is judged below.
      if (/responded with a status of \d{3}/.test(message.text())) return
      this.fault(`console error on ${this.where()}: ${message.text()} ${message.location().url ?? ''}`)
    })
    this.page.on('pageerror', (error) => this.fault(`script error on ${this.where()}: ${error.message}`))
    this.page.on('request', (request) => {
      const url = new URL(request.url())
      const ours = url.origin === home || ['data:', 'blob:', 'about:'].includes(url.protocol)
      if (home && !ours) this.fault(`${this.where()} asked another host for ${request.url()}`)
    })
    this.page.on('response', (response) => {
      const status = response.status()
      if (status < 400 || this.expectedStatus.has(status)) return
      // What is saved while it is typed may be half filled, which the page then says.
      if (status === 422 && response.request().headers()['foreword-autosave']) return
      this.fault(`${response.request().method()} ${new URL(response.url()).pathname} answered ${status}`)
    })
  }

  fault(text) {
    const once = text.replace(/\d+/g, '#')
    if (this.seen.has(once)) return
    this.seen.add(once)
    this.faults.push(text)
  }

  /** Runs `steps` in which pages may answer with `status`, such as 422 for a form with errors. */
  async expecting(status, steps) {
    this.expectedStatus.add(status)
    try {
      return await steps()
    } finally {
      this.expectedStatus.delete(status)
    }
  }

  /** Runs `steps` in which the service may not answer at all. */
  async unanswered(steps) {
    this.mayGoUnanswered = true
    try {
      return await steps()
    } finally {
      this.mayGoUnanswered = false
    }
  }

  /** Asks the test for what a person at the browser cannot do, and waits until it is done. */
  async please(what, done) {
    console.log(`please: ${what}`)
    for (let tries = 0; tries < 600; tries += 1) {
      if (await done().catch(() => false)) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`the test did not do “${what}”`)
  }

  verdict() {
    if (this.faults.length === 0) return
    const error = new Error(`${this.faults.length} fault(s) met on the way:\n${this.faults.map((f) => `  ${f}`).join('\n')}`)
    error.faults = true
    throw error
  }

  where() {
    try {
      return new URL(this.page.url()).pathname
    } catch {
      return this.page.url()
    }
  }

  /** Leaves a picture and the HTML of the page where the journey stopped. */
  async keep(name, folder) {
    try {
      const stem = path.join(folder, name)
      await this.page.screenshot({ path: `${stem}.png`, fullPage: true })
      writeFileSync(`${stem}.html`, await this.page.content())
      return `The page was ${this.page.url()}; see ${stem}.png and ${stem}.html`
    } catch (error) {
      return `The page could not be kept: ${error.message}`
    }
  }

  // ---- looking --------------------------------------------------------------

  /**
   * As axe, for one of many pages that are put together from the same parts: axe-core
   * looks where a part is met for the first time. What may go wrong on any of them,
   * whatever its parts, is looked at on each.
   */
  async axeOfKind(label = this.where()) {
    if (!this.run.javascript) return
    const { parts, wrong } = await this.page.evaluate(look)
    for (const what of wrong) this.fault(`${what} on ${label}`)
    const fresh = parts.filter((part) => !this.parts.has(part))
    if (fresh.length === 0) return this.picture(label)
    fresh.forEach((part) => this.parts.add(part))
    await this.axe(label)
  }

  /** Notes every axe-core violation of the page as it stands. Needs JavaScript. */
  async axe(label = this.where()) {
    await this.picture(label)
    if (!this.run.javascript) return
    this.pagesChecked += 1
    // Expressions that the debugger evaluates are not the page's own script, so its
    // content security policy stays as strict as it is.
    await this.page.evaluate(`${AXE}; undefined`)
    const { violations } = await this.page.evaluate(
      (tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }),
      AXE_TAGS
    )
    for (const violation of violations) {
      for (const node of violation.nodes) {
        const key = `${violation.id} ${node.html.replace(/ (href|id|for|name|value|action|aria-\w+)="[^"]*"/g, '').replace(/>[^<]*</g, '><')}`
        if (this.seen.has(key)) continue
        this.seen.add(key)
        this.faults.push(
          `axe ${violation.id} (${violation.impact}) on ${label}: ${violation.help}\n      ${node.html}\n      ${node.failureSummary?.replace(/\n\s*/g, '; ')}`
        )
      }
    }
  }

  /** With FOREWORD_PICTURES set to a folder, a picture of every page looked at. */
  async picture(label) {
    const folder = process.env.FOREWORD_PICTURES
    if (!folder) return
    mkdirSync(folder, { recursive: true })
    const number = String((this.pictures = (this.pictures ?? 0) + 1)).padStart(3, '0')
    const name = label.replace(/[^a-z0-9]+/gi, '-').slice(0, 60)
    await this.page.screenshot({ path: path.join(folder, `${number}-${name}.png`), fullPage: true })
  }

  /** The page's one main heading. */
  async heading() {
    return (await this.page.locator('h1').first().innerText()).trim()
  }

  /** Fails where the main heading is another. */
  async isAt(heading) {
    await this.page.getByRole('heading', { level: 1, name: heading }).first().waitFor().catch(async () => {
      throw new Error(`expected a page headed “${heading}”, and this one is headed “${await this.heading()}” (${this.where()})`)
    })
  }

  /** Fails where the words are not on the page. */
  async sees(text) {
    await this.page.getByText(text).first().waitFor().catch(() => {
      throw new Error(`“${text}” is not to be seen on ${this.where()}`)
    })
  }

  /** Fails where the words are anywhere in the page's text. */
  async seesNothingOf(text) {
    const all = await this.page.locator('body').innerText()
    if (all.includes(text)) throw new Error(`“${text}” is on ${this.where()}, and must not be`)
  }

  /** The messages of the GOV.UK error summary, none where there is none. */
  async errors() {
    return this.page.locator('.govuk-error-summary__list li').allInnerTexts()
  }

  /** Fails with the messages of an error summary where there is one. */
  async hasNoErrors(doing) {
    const errors = await this.errors()
    if (errors.length > 0) throw new Error(`${doing} was refused on ${this.where()}: ${errors.join(' | ')}`)
  }

  // ---- acting ---------------------------------------------------------------

  async open(address) {
    this.steps += 1
    await this.page.goto(address)
  }

  /** Types into the field with this label; within a group where two share a label. */
  async fill(label, value, group) {
    this.steps += 1
    const field = this.within(group).getByLabel(sameWords(label))
    await this.there(field, `field “${label}”`)
    await field.first().fill(String(value))
  }

  /** Types a date, YYYY-MM-DD, into the Day, Month and Year of the group with this legend. */
  async fillDate(legend, date, group) {
    const [year, month, day] = date.split('-').map(Number)
    const fields = this.within(group).getByRole('group', { name: sameWords(legend) })
    await fields.getByLabel(sameWords('Day')).fill(String(day))
    await fields.getByLabel(sameWords('Month')).fill(String(month))
    await fields.getByLabel(sameWords('Year')).fill(String(year))
    this.steps += 1
  }

  /** Fails in words where nothing of the kind is on the page. */
  async there(locator, what) {
    await locator.first().waitFor().catch(async () => {
      throw new Error(`no ${what} on ${this.where()}, headed “${await this.heading()}”`)
    })
  }

  /** Chooses the radio button or checkbox with this label. */
  async choose(option, group) {
    this.steps += 1
    const box = this.within(group).getByLabel(sameWords(option))
    await this.there(box, `option “${option}”`)
    await box.first().check()
  }

  /** Chooses from the drop-down list with this label. */
  async select(label, option, group) {
    this.steps += 1
    await this.within(group).getByLabel(sameWords(label)).first().selectOption({ label: option })
  }

  /** Presses the button with these words, and waits for the page that follows. */
  async press(name) {
    this.steps += 1
    const before = this.page.url()
    const button = this.page.getByRole('button', { name: sameWords(name) })
    await this.there(button, `button “${name}”`)
    const [response] = await Promise.all([
      this.page.waitForNavigation({ waitUntil: 'load' }),
      button.first().click()
    ])
    if (response && response.status() >= 500) throw new Error(`“${name}” on ${before} answered ${response.status()}`)
  }

  async saveAndContinue() {
    await this.press(/^Save and continue$/)
    await this.hasNoErrors('Save and continue')
  }

  /** Follows the link with these words. */
  async follow(name, group) {
    this.steps += 1
    // A link that looks like a button is announced as one.
    const within = this.within(group)
    const called = { name: sameWords(name) }
    const links = within.getByRole('link', called).or(within.locator('a').and(within.getByRole('button', called)))
    await this.there(links, `link “${name}”`)
    await links.first().click()
    await this.page.waitForLoadState('load')
  }

  /** Opens everything on the page that is closed until asked for. */
  async openEverything() {
    const closed = this.page.locator('main details:not([open]) > summary')
    while ((await closed.count()) > 0) await closed.first().click()
  }

  /** Downloads what a link or button gives, and returns the path of the file kept. */
  async download(name, as) {
    this.steps += 1
    mkdirSync(this.run.downloads, { recursive: true })
    const it = this.page.getByRole('link', { name }).or(this.page.getByRole('button', { name })).first()
    const [download] = await Promise.all([this.page.waitForEvent('download'), it.click()])
    const failure = await download.failure()
    if (failure) throw new Error(`the download of “${name}” failed: ${failure}`)
    const file = path.join(this.run.downloads, as ?? download.suggestedFilename())
    await download.saveAs(file)
    return file
  }

  /** The group with this legend, or the whole page. */
  within(group) {
    if (!group) return this.page
    return typeof group === 'string' || group instanceof RegExp
      ? this.page.getByRole('group', { name: sameWords(group) })
      : group
  }
}
