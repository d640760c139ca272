// Improves pages that already work without it. Anything that must hold without
// JavaScript belongs in the page and its handler, not here.
//
// To add an improvement: write a function that takes the element, and list it
// in `improvements` by the `data-module` its element carries. One of some length
// gets a file of its own, named in assets.rs.

import { initAll } from './govuk-frontend.js'
import { autosave } from './autosave.js'
import { directory } from './directory.js'
import { preview } from './preview.js'
import { session } from './session.js'

// Opens the print dialogue; the button is shown only here, as it cannot work
// without JavaScript.
function printPage (button) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// Copies the text of the element it names, and says so; without leave to write to the
// clipboard it selects the text instead. Shown only here, as it needs JavaScript.
function copyText (button) {
  const text = document.getElementById(button.dataset.copies)
  const said = document.getElementById(button.dataset.says)
  button.hidden = false
  button.addEventListener('click', async () => {
    text.select()
    try {
      await navigator.clipboard.writeText(text.value)
      said.textContent = 'Copied.'
    } catch {
      text.focus()
      said.textContent = 'The wording is selected: copy it with your keyboard.'
    }
  })
}

const improvements = {
  'foreword-copy': copyText,
  'foreword-session': session,
  'foreword-autosave': autosave,
  'foreword-directory': directory,
  'foreword-preview': preview,
  'foreword-print': printPage
}

initAll()
for (const [name, improve] of Object.entries(improvements)) {
  document.querySelectorAll(`[data-module="${name}"]`).forEach(improve)
}
document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '')
