// What is printed, read back from a PDF: how many sheets, and the letters on them.

// The reader of PDFs needs this for drawing, which nobody asks of it here.
globalThis.DOMMatrix ??= /** @type {any} */ (class {});
const log = console.warn;
console.warn = () => {};
const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
console.warn = log;

/** @param {string} text Only its letters: lines and words are broken in other places on paper. */
export const letters = (text) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");

/** @param {import("playwright-core").Page} page */
export async function printed(page) {
  const pdf = await getDocument({ data: new Uint8Array(await page.pdf({ format: "A4" })), verbosity: VerbosityLevel.ERRORS }).promise;
  const sheets = pdf.numPages;
  let text = "";
  for (let number = 1; number <= sheets; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    text += letters(items.map((it) => ("str" in it ? it.str : "")).join(""));
  }
  await pdf.destroy();
  return { sheets, text };
}
