// What the file of a picker says, and which ideas it leaves.
//
// It reads the file by itself and knows nothing of the page, of its classes or of its stylesheet, so that
// a mistake in any of them is seen. picker.mjs has the hands that answer on the page.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/**
 * @typedef {Record<string, string[]>} Answers For each question that is answered, the ids of the answers.
 * @typedef {{ id: string, question: any, isSeveral: boolean, unit: any, values: Record<string, any>,
 *   options: { id: string, name: any, fits: string[], at_most: number }[] }} Facet
 * @typedef {{ path: string, language: string, facets: Facet[], ideas: any[], lists: any[], group: Facet | undefined,
 *   moments: string[], plan: Facet | undefined, isTogether: boolean, words: Record<string, any> }} Picker
 */

/** The pickers of a site's folder of content. Those of this repository, when none is named. */
export function pickers(content = new URL("../../content", import.meta.url).pathname) {
  /** @type {Picker[]} */
  const found = [];
  for (const path of readdirSync(content, { recursive: true }).map(String).filter((path) => path.endsWith(".md"))) {
    const front = readFileSync(join(content, path), "utf8").match(/^---\n([\s\S]*?)\n---/)?.[1] ?? "";
    const { kind, picker } = /^kind: *picker$/m.test(front) ? parse(front) : {};
    if (kind != "picker") continue;
    const [, name, language] = /^(.*?)(?:\.([a-z-]+))?\.md$/.exec(path) ?? [];
    found.push(read(join(content, path, "..", picker), language, `${language ? `/${language}` : ""}/${name}/`));
  }
  return found.sort((one, other) => one.path.length - other.path.length);
}

/** @param {string} file @param {string} language @param {string} path Where the page is served. @returns {Picker} */
function read(file, language = "en", path) {
  const { facets, ideas, lists = [], group_by, plan, together = false, words = {} } = parse(readFileSync(file, "utf8"));
  const all = Object.entries(facets).map(([id, { question, answers = "one", unit, values = {}, options }]) => ({
    id,
    question,
    isSeveral: answers == "several",
    unit,
    values,
    options: options ?? Object.entries(values).map(([id, name]) => ({ id, name, fits: [id] })),
  }));
  const planned = all.find(({ id }) => id == plan);
  const group = all.find(({ id }) => id == group_by);
  return { path, language, facets: all, ideas, lists, group, plan: planned, moments: Object.keys(planned?.values ?? {}), isTogether: together, words };
}

const many = (/** @type {any} */ it) => (Array.isArray(it) ? it : it === undefined ? [] : [it]);

/**
 * The ids of the ideas that answers leave, in the order of the file.
 *
 * @param {Picker} picker @param {Answers} answers
 */
export function fitting(picker, answers) {
  const fits = (/** @type {any} */ idea, /** @type {Facet} */ facet, /** @type {string} */ answer) => {
    const option = facet.options.find(({ id }) => id == answer);
    const said = many(idea[facet.id]);
    if (facet.unit) return Math.min(...said) <= (option?.at_most ?? Number(answer));
    if (!option) throw new Error(`${facet.id} has no answer ${answer}`);
    return said.some((value) => option.fits.includes(value));
  };
  const left = picker.ideas.filter((idea) => idea.always || picker.facets.every((facet) => {
    const given = answers[facet.id] ?? [];
    return !given.length || given.some((answer) => fits(idea, facet, answer));
  }));
  return left.map(({ id }) => id);
}

/**
 * Ids of ideas in the groups in which lists show them: the first value decides, and what always fits
 * comes last.
 *
 * @param {Picker} picker @param {string[]} ids
 */
export function grouped({ group, ideas }, ids) {
  const groups = [...Object.keys(group?.values ?? {}), ""];
  const of = (/** @type {any} */ idea) => (group && !idea.always ? many(idea[group.id])[0] : "");
  const found = groups.map((name) => ideas.filter((idea) => of(idea) == name && ids.includes(idea.id)).map(({ id }) => id));
  return found.filter((ids) => ids.length);
}

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed = 1) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Answers to some of the questions: to few more often than to many, so that many ideas are left as well
 * as none.
 *
 * @param {Picker} picker @param {() => number} random @returns {Answers}
 */
export function anyAnswers({ facets }, random) {
  const share = random() ** 1.5;
  const asked = facets.filter(() => random() < share);
  return Object.fromEntries(asked.map(({ id, options, isSeveral }) => {
    const wanted = isSeveral ? 1 + Math.floor(random() * 3) : 1;
    const mixed = [...options].sort(() => random() - 0.5);
    return [id, mixed.slice(0, wanted).map((option) => option.id)];
  }));
}

/** What a text of the file says in a language. @param {any} text */
export const said = (text, language = "en") => (typeof text == "object" ? text[language] : text);
