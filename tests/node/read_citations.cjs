// Reads citations from standard input with Citation.js and prints what it sees as CSL-JSON.
// Used by tests/formats and benchmarks/quality: `node read_citations.cjs [INPUT TYPE] < file`, as "@ris/file".
const { readFileSync } = require('node:fs')
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-bibtex')
require('@citation-js/plugin-ris')

const options = { generateGraph: false }
if (process.argv[2]) options.forceType = process.argv[2]
process.stdout.write(JSON.stringify(new Cite(readFileSync(0, 'utf8'), options).data))
