// Proves that the harness can fail: serves one small page of self-test/ and looks at
// it as a journey does. `--plan` names the page.

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { journey, told } from './lib.mjs'

const pageName = told().plan
const pages = new URL('./self-test/', import.meta.url)
const policy = "default-src 'self'; img-src 'self' http://127.0.0.2:9 data:"

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://127.0.0.1')
  const send = (type, body, status = 200, more = {}) =>
    response.writeHead(status, { 'content-type': type, 'content-security-policy': policy, ...more }).end(body)
  if (pathname === '/application.js') send('text/javascript', "document.getElementById('script').textContent = 'With script'")
  else if (pathname === '/report.docx') send('application/octet-stream', 'a report', 200, { 'content-disposition': 'attachment; filename="report.docx"' })
  else if (pathname === '/answer') send('text/html', `<!doctype html><html lang="en"><title>Got it</title><link rel="icon" href="data:,"><main><h1>Got it</h1><p>${decodeURIComponent(request.url.split('?')[1])}</p></main>`)
  else if (pathname.endsWith('.html')) send('text/html', readFileSync(new URL(`.${pathname}`, pages)))
  else send('text/plain', 'not here', 404)
})
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))

await journey(
  async (author) => {
    await author.open(`/${pageName}.html`)
    await author.axe()
    await author.axeOfKind()
    if (pageName !== 'clean') return
    await author.sees(author.run.javascript ? 'With script' : 'Without script')
    await author.fill('Her name', 'Angela')
    await author.choose('Yes', 'Is she safe to call?')
    await author.fillDate('Hearing date', '2026-12-01')
    const file = await author.download('Download the report')
    if (readFileSync(file, 'utf8') !== 'a report') throw new Error('the download is not what was sent')
    await author.saveAndContinue()
    await author.isAt('Got it')
    await author.sees('name=Angela&safe=yes&day=1&month=12&year=2026')
    await author.axe()
  },
  { base: `http://127.0.0.1:${server.address().port}` }
)
server.close()
