// Shows a text as it will be read, while it is typed. The service turns it into HTML, in
// which every word is escaped; nothing is saved by asking.
//
// Not here: saving (autosave.js). Without JavaScript the page has a button for it, which
// goes once this works.

import { body, sendTo } from './sending.js'

const PAUSE = 400

export function preview (pane) {
  const text = document.getElementById(pane.dataset.of)
  const form = text.form
  const shown = pane.querySelector('[data-foreword-preview-shown]')
  const says = pane.querySelector('[role="status"]')
  const button = form.querySelector('[data-foreword-preview-button]')
  let timer = null
  let asked = 0
  button.hidden = true

  async function ask () {
    const mine = ++asked
    const told = await sendTo(pane.dataset.at, body(form))
    // A later question has gone out meanwhile: its answer is the one to show.
    if (mine !== asked) return
    if (typeof told.html === 'string') {
      shown.innerHTML = told.html
      says.textContent = ''
    } else {
      says.textContent = 'This does not show your last words yet.'
    }
  }

  text.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE)
  })
}
