// What citeproc-js prints for the works of tests/styles/works.json: node citeproc.mjs STYLES LOCALES [NAME...] < works.json
// STYLES is a folder of CSL style files, LOCALES one of CSL locales; neither is part of this repository.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import CSL from "citeproc";

const FILES = {
  apa: ["apa", "en-US"],
  mla: ["modern-language-association", "en-US"],
  chicago: ["chicago-author-date", "en-US"],
  "chicago-notes": ["chicago-notes-bibliography", "en-US"],
  harvard: ["harvard-cite-them-right", "en-GB"],
  ieee: ["ieee", "en-US"],
  ama: ["american-medical-association", "en-US"],
};
const [styles, locales, ...names] = process.argv.slice(2);
const { works, citations } = JSON.parse(readFileSync(0, "utf8"));
const byId = new Map(works.map((work) => [work.id, work]));
const ids = [...byId.keys()];

function engine(name, format) {
  const [file, language] = FILES[name];
  const system = {
    retrieveLocale: (locale) => readFileSync(join(locales, `locales-${locale}.xml`), "utf8"),
    retrieveItem: (id) => structuredClone(byId.get(id)),
  };
  const processor = new CSL.Engine(system, readFileSync(join(styles, `${file}.csl`), "utf8"), language, true);
  processor.setOutputFormat(format);
  return processor;
}

// The processor tells nothing of works that a style keeps out of the bibliography, but counts their ids.
function entries(processor, chosen, isTold = () => true) {
  processor.updateItems([]);
  processor.updateItems(chosen);
  const [{ entry_ids: order }, texts] = processor.makeBibliography();
  const told = order.filter(([id]) => isTold(id));
  return told.map(([id], place) => [id, (texts[place] ?? "").replace(/<\/?div[^>]*>/g, "").trim()]);
}

function cited(name, cites, noteIndex = 0) {
  const processor = engine(name, "text");
  processor.updateUncitedItems(ids);
  const citation = { citationItems: cites.map((cite) => ({ label: "page", ...cite })), properties: { noteIndex } };
  return processor.previewCitationCluster(citation, [], [], "text");
}

function notes(processor, id) {
  processor.updateItems([]);
  const other = ids.find((one) => one !== id);
  const clusters = [{ id, locator: "12", label: "page" }, { id: other }, { id, locator: "14", label: "page" }];
  const before = [];
  for (const [place, item] of clusters.entries()) {
    const citation = { citationItems: [item], properties: { noteIndex: place + 1 } };
    processor.processCitationCluster(citation, before, []);
    before.push([citation.citationID, place + 1]);
  }
  const told = processor.rebuildProcessorState(
    before.map(([key]) => processor.registry.citationreg.citationById[key]), "text", []);
  return [told[0][2], told[2][2]];
}

const printed = {};
for (const name of names.length ? names : Object.keys(FILES)) {
  const html = engine(name, "html");
  const text = engine(name, "text");
  const alone = Object.fromEntries(ids.map((id) => entries(text, [id])[0]));
  printed[name] = {
    alone,
    html: Object.fromEntries(ids.map((id) => entries(html, [id])[0])),
    bibliography: entries(engine(name, "text"), ids, (id) => alone[id]),
    citations: citations.map((cites) => cited(name, cites, name === "chicago-notes" ? 1 : 0)),
    ...(name === "chicago-notes" ? { notes: Object.fromEntries(ids.map((id) => [id, notes(text, id)])) } : {}),
  };
}
process.stdout.write(`${JSON.stringify(printed, null, 1)}\n`);
