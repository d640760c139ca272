// Saves a form as it is typed, and always says how it stands. Nothing is ever kept in
// the browser's storage: what could not be sent stays in the page and is sent again.
//
// Lives here: when to send, and what each answer means for the page. Not here: sending
// (sending.js), or the sign-in (session.js). A new state of an answer is one entry in
// `STATES`; its words come from the service.

import { body, fitsParting, send } from './sending.js'
import { isOut, signedInAgain, wasHere, whenBack } from './session.js'

const PAUSE = 1200
const LONGEST_WAIT = 8000
const SLOW = 1000
const TRY_AGAIN = [2000, 4000, 8000, 15_000, 30_000]

// What each state means: how it looks, whether the text is safe on the server, and what
// is done next.
const STATES = {
  saved: { look: 'saved', safe: true },
  kept: { look: 'kept', safe: true },
  faulty: { look: 'wrong', safe: true },
  changed: { look: 'wrong', safe: true, offer: 'choose' },
  signed: { look: 'wrong', safe: true },
  'signed-out': { look: 'wrong', offer: 'sign-in', words: 'Not saved. Sign in again to save. What you typed stays here.' },
  'old-token': { look: 'wrong', offer: 'sign-in', words: 'Not saved. Sign in again to save. What you typed stays here.' },
  other: { look: 'wrong', words: 'Not saved. Somebody else is signed in in this browser now. What you typed stays here and is not sent. Copy it, or sign in again yourself.', offer: 'sign-in' },
  gone: { look: 'wrong', words: 'Not saved. This report cannot be opened any more. What you typed stays here for you to copy.' },
  refused: { look: 'wrong' },
  'too-long': { look: 'wrong', words: 'Not saved: there is more on this page than Foreword can take in. What you typed stays here. Shorten it, or move a part to another page.' },
  failed: { look: 'wrong', retry: true, words: 'Not saved, trying again. What you typed stays here.' },
  offline: { look: 'wrong', retry: true, words: 'Not saved, trying again. What you typed stays here.' }
}

/** What was typed, without what only says where it stands. */
function typed (form) {
  const all = new FormData(form)
  for (const name of ['csrf', 'seen', 'tried', 'kept-at']) all.delete(name)
  return new URLSearchParams(all).toString()
}

export function autosave (form) {
  const strip = form.querySelector('[data-foreword-saving]')
  const says = strip.querySelector('[role="status"]')
  const does = strip.querySelector('.foreword-saving__do')
  let safe = typed(form)
  let state = 'saved'
  let sending = null
  let onItsWay = null
  let timer = null
  let waitingSince = null
  let tries = 0
  let leaving = false

  strip.hidden = false
  const unsafe = () => typed(form) !== safe

  // ---- saying -------------------------------------------------------------

  function say (words, look) {
    strip.className = `foreword-saving${look ? ` foreword-saving--${look}` : ''}`
    // The same words again would be read out again.
    if (says.textContent !== words) says.textContent = words
  }

  function offer (what) {
    if (does.dataset.offer === (what ?? '')) return
    does.dataset.offer = what ?? ''
    does.replaceChildren()
    if (what === 'choose') {
      const button = document.createElement('button')
      button.type = 'submit'
      button.className = 'govuk-button govuk-button--secondary govuk-!-margin-bottom-0'
      button.textContent = 'See both and choose'
      button.formNoValidate = true
      does.append(button)
    }
    if (what === 'sign-in') {
      const link = document.createElement('a')
      link.className = 'govuk-link'
      link.href = '/sign-in?next=/signed-in-again'
      link.target = '_blank'
      link.rel = 'noopener'
      link.textContent = 'Sign in again (opens in a new tab)'
      does.append(link)
    }
  }

  // ---- sending ------------------------------------------------------------

  /** Sends what is not safe yet; one request at a time. */
  function flush () {
    clearTimeout(timer)
    timer = null
    waitingSince = null
    if (sending) return sending.then(() => (unsafe() && STATES[state].safe ? flush() : undefined))
    if (!unsafe()) return Promise.resolve()
    sending = once().finally(() => { sending = null })
    return sending
  }

  async function once () {
    const slow = setTimeout(() => say('Saving…'), SLOW)
    // Nothing is sent for somebody else who signed in here meanwhile.
    let told = STATES[state].offer === 'sign-in' ? { state: 'old-token' } : await attempt()
    if (told.state === 'old-token') {
      const back = await signedInAgain()
      told = back === 'yes' ? await attempt() : { state: { no: 'signed-out', other: 'other' }[back] ?? 'offline' }
    }
    clearTimeout(slow)
    take(told, onItsWay)
    onItsWay = null
  }

  async function attempt () {
    onItsWay = typed(form)
    const all = body(form)
    const most = Number(strip.dataset.most)
    return all.length <= most ? send(form, all) : { state: 'too-long' }
  }

  function take (told, what) {
    state = told.state in STATES ? told.state : 'failed'
    const known = STATES[state]
    if (known.safe) {
      safe = what
      tries = 0
      wasHere()
    }
    if (told.revision !== undefined) form.elements.namedItem('seen').value = told.revision
    if (state === 'saved') form.elements.namedItem('tried').value = 'no'
    if (state === 'signed-out') isOut()
    say(known.words ?? told.message, known.look)
    offer(known.offer)
    if (known.retry) later(TRY_AGAIN[Math.min(tries++, TRY_AGAIN.length - 1)])
    else if (known.safe && unsafe()) soon()
  }

  function later (wait) {
    clearTimeout(timer)
    timer = setTimeout(flush, wait)
  }

  /** After a pause in typing, or where there is none, after a while. */
  function soon (pause = PAUSE) {
    // What is already being tried again goes on at its own pace.
    if (STATES[state].retry && timer) return
    waitingSince ??= Date.now()
    later(Math.min(pause, Math.max(0, waitingSince + LONGEST_WAIT - Date.now())))
  }

  // ---- when ---------------------------------------------------------------

  form.addEventListener('input', () => soon())
  form.addEventListener('change', () => soon(200))
  window.addEventListener('online', () => { if (unsafe()) flush() })
  whenBack(() => { if (unsafe() && !STATES[state].safe) flush() })

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && unsafe() && STATES[state].safe) flush()
  })
  window.addEventListener('pagehide', () => {
    if (leaving || !unsafe() || !STATES[state].safe) return
    if (typed(form) !== onItsWay) send(form, body(form))
  })
  window.addEventListener('beforeunload', (event) => {
    if (leaving || !unsafe()) return
    // What can still be sent on the way out needs no warning.
    if (STATES[state].safe && fitsParting(body(form))) return
    event.preventDefault()
  })

  // A page that the browser kept to go back to may have been overtaken: what is typed
  // on it is sent and judged; otherwise it is fetched anew.
  window.addEventListener('pageshow', (event) => {
    leaving = false
    if (!event.persisted) return
    if (unsafe()) flush()
    else window.location.reload()
  })

  // ---- Save ---------------------------------------------------------------

  // First the text is made safe, then the form goes its usual way: a service that is
  // gone, or a sign-in that has ended, must not take the page away with the text.
  form.addEventListener('submit', async (event) => {
    if (leaving) return event.preventDefault()
    const button = event.submitter
    const goes = () => {
      leaving = true
      setTimeout(() => { leaving = false }, 10_000)
    }
    // What settles or discards kept text must not first save it.
    if (['drop', 'edit', 'open', 'preview'].includes(button?.name === 'again' ? button.value : '')) return goes()
    if (!sending && !unsafe() && STATES[state].safe) return goes()
    event.preventDefault()
    if (form.dataset.going) return
    form.dataset.going = 'yes'
    try {
      await flush()
      while (sending || (unsafe() && STATES[state].safe)) await flush()
    } finally {
      delete form.dataset.going
    }
    if (!unsafe() && STATES[state].safe) form.requestSubmit(button)
  })

  // Signing out ends what saves this page, so the text goes first. Pressed again, it
  // signs out all the same, after the browser has asked.
  let asked = false
  document.addEventListener('submit', async (event) => {
    if (event.target === form || asked || !unsafe()) return
    event.preventDefault()
    await flush()
    asked = true
    if (!unsafe()) event.target.requestSubmit(event.submitter)
  })
}
