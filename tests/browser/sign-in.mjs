// Signing in, for scripts in which there is more than one person.

import { told } from './lib.mjs'

/** Signs somebody in with the password that everybody of the test has. */
export async function signIn(author, email) {
  await author.open('/sign-in')
  await author.fill('Email address', email)
  await author.fill('Password', told().password)
  await author.press('Sign in')
}
