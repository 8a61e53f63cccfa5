// Saves pages with Zotero's own translators and prints what each makes of them, as one line of JSON.
// Used by tests/web/test_zotero.py: `node zotero.cjs ADDRESS...`.  The package is Zotero's translation server of 2019.
const Attr = require('jsdom/lib/jsdom/living/generated/Attr')
// The XPath of the npm package orders attributes by this, where Zotero's own copy of it has another way.
Attr.interface.prototype.compareDocumentPosition = function (other) {
  return this.ownerElement.compareDocumentPosition(other.ownerElement)
}
const log = console.log
console.log = () => {}
require('zotero-translators')
Zotero.debug = () => {}
// No look-ups elsewhere, as COinS starts one for a work without authors.
Zotero.Translate.Search.prototype._getTranslatorsGetPotentialTranslators = async () => []

async function saved (document, translator) {
  const translation = new Zotero.Translate.Web()
  translation.setDocument(document)
  translation.setTranslator(translator)
  const offered = []
  translation.setHandler('select', (_, items, callback) => {
    offered.push(...Object.values(items))
    callback(items)
  })
  const items = await translation.translate({ libraryID: false, saveAttachments: false })
  return { label: translator.label, priority: translator.priority, detected: translator.itemType, offered, items }
}

async function visited (address) {
  const { response: document } = await Zotero.HTTP.request('GET', address, { responseType: 'document' })
  const translation = new Zotero.Translate.Web()
  translation.setDocument(document)
  const found = await translation.getTranslators(true)
  const all = []
  // DOI (400) and what comes after it ask other servers
  for (const translator of found.filter(one => one.priority < 400)) all.push(await saved(document, translator))
  return all
}

async function main () {
  const answers = []
  for (const address of process.argv.slice(2)) answers.push(await visited(address))
  log(JSON.stringify(answers))
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})
