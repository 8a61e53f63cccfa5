// What citeproc-js prints for the works of tests/styles/works.json in CSL files: node csl_style.mjs LOCALES FILE... < works.json
// Each style's entries, each work alone, by the name of its file; LOCALES is a folder of CSL locales, no part of this repository.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import CSL from "citeproc";

const [locales, ...files] = process.argv.slice(2);
const { works } = JSON.parse(readFileSync(0, "utf8"));
const byId = new Map(works.map((work) => [work.id, work]));
const system = {
  retrieveLocale: (locale) => readFileSync(join(locales, `locales-${locale}.xml`), "utf8"),
  retrieveItem: (id) => structuredClone(byId.get(id)),
};

function entries(processor, ids) {
  processor.updateItems([]);
  processor.updateItems(ids);
  const [{ entry_ids: order }, texts] = processor.makeBibliography();
  return order.map(([id], place) => [id, texts[place].replace(/<\/?div[^>]*>/g, "").replace(/\s+/g, " ").trim()]);
}

const printed = {};
for (const file of files) {
  const processor = new CSL.Engine(system, readFileSync(file, "utf8"));
  processor.setOutputFormat("text");
  printed[basename(file, ".csl")] = {
    alone: Object.fromEntries([...byId.keys()].map((id) => entries(processor, [id])[0])),
    bibliography: entries(processor, [...byId.keys()]),
  };
}
process.stdout.write(`${JSON.stringify(printed, null, 1)}\n`);
