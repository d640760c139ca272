// The sign-in of the person at this page: warns before it runs out, and lets her carry
// on after it has. It keeps nothing; tabs tell each other only that somebody was here.
//
// Not here: saving (autosave.js), which asks `signedInAgain` for a fresh token.

import { whoIsHere } from './sending.js'

const WARN_BEFORE = 5 * 60
// The service notes only every minute that somebody is there.
const NOTED_EVERY = 60
const LOOK_EVERY = 10_000

const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('foreword') : null
const waiting = new Set()
let here = null

/** Calls back each time that the same person may be signed in again. */
export function whenBack (again) {
  waiting.add(again)
}

/** Notes that the service has just answered somebody who is signed in. */
export function wasHere () {
  if (!here) return
  here.seen = Date.now()
  tabs?.postMessage({ seen: here.account })
}

/** Notes that the service says nobody is signed in. */
export function isOut () {
  here?.say('You have been signed out. What you typed stays on this page. Sign in again to save it.', 'again')
  if (here) here.out = true
}

/**
 * Puts a fresh token into this page's forms. Answers `yes`; `no` where nobody is signed
 * in; `other` where it is somebody else, who gets nothing of this page; `offline`.
 */
export async function signedInAgain () {
  const told = await whoIsHere()
  if (told.state === 'signed-out') return 'no'
  if (told.state !== 'ok' || !told.account) return 'offline'
  if (here && told.account !== here.account) return 'other'
  for (const field of document.querySelectorAll('input[name="csrf"]')) field.value = told.csrf
  if (here) {
    here.ends = Date.now() + told.ends_in * 1000
    here.out = false
    here.hush()
  }
  wasHere()
  return 'yes'
}

/** The strip at the top of the page that speaks of the sign-in. */
export function session (strip) {
  const says = strip.querySelector('.foreword-session__says')
  const stay = strip.querySelector('[data-foreword-stay]')
  const again = strip.querySelector('[data-foreword-again]')
  here = {
    account: strip.dataset.account,
    seen: Date.now(),
    ends: Date.now() + Number(strip.dataset.endsIn) * 1000,
    out: false,
    say (words, offer) {
      strip.hidden = false
      stay.hidden = offer !== 'stay'
      again.hidden = offer !== 'again'
      // The same words again would be read out again.
      if (says.textContent !== words) says.textContent = words
    },
    hush () {
      strip.hidden = true
      says.textContent = ''
    }
  }
  const idle = (Number(strip.dataset.idle) - NOTED_EVERY) * 1000

  async function look () {
    if (here.out) return
    const idleLeft = here.seen + idle - Date.now()
    const wholeLeft = here.ends - Date.now()
    const left = Math.min(idleLeft, wholeLeft) / 1000
    if (left > WARN_BEFORE) return here.hush()
    if (left <= 0) {
      const back = await signedInAgain()
      if (back === 'no') isOut()
      return
    }
    const minutes = Math.max(1, Math.ceil(left / 60))
    const soon = `in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
    if (idleLeft <= wholeLeft) {
      here.say(`You will be signed out ${soon}, because nothing has been sent to Foreword for a while. What you typed is kept.`, 'stay')
    } else {
      here.say(`You will be signed out ${soon}: a sign-in lasts one working day. Sign in again in a new tab and go on here. What you typed is kept.`, 'again')
    }
  }

  stay.addEventListener('click', async () => {
    const back = await signedInAgain()
    if (back === 'no') isOut()
    if (back === 'yes') document.querySelector('h1')?.scrollIntoView?.({ block: 'nearest' })
  })
  tabs?.addEventListener('message', ({ data }) => {
    if (data?.seen !== here.account) return
    here.seen = Date.now()
    if (here.out) back()
    else look()
  })
  function back () {
    for (const again of waiting) again()
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    if (here.out) back()
    else look()
  })
  window.addEventListener('focus', () => { if (here.out) back() })
  setInterval(look, LOOK_EVERY)
  // Other tabs learn that somebody is here; one that waits for her goes on.
  wasHere()
}
