// Text from Word, Google Docs, Outlook and LibreOffice keeps its meaning: 10⁶ is not 106.
// Draftail leaves pasted HTML to Draft.js, which knows no <sup> and <sub>, takes Google Docs' wrapper
// for bold, and glues tables together: https://github.com/springload/draftail/issues/200 (open) and
// https://github.com/facebookarchive/draft-js/issues/481 (archived). Goes when Draftail reads them.
(() => {
  const { CharacterMetadata, ContentState, EditorState, Modifier, convertFromHTML } = window.DraftJS;
  // Characters that no text has: they stand where a style begins and ends until Draft.js is done.
  const MARKS = {
    "\uFDD0": ["SUPERSCRIPT", true],
    "\uFDD1": ["SUPERSCRIPT", false],
    "\uFDD2": ["SUBSCRIPT", true],
    "\uFDD3": ["SUBSCRIPT", false],
  };
  const ALL_MARKS = /[\uFDD0-\uFDD3]/g;
  const STYLES = [
    [/font-weight:\s*(bold|[6-9]00)/i, "b"],
    [/font-style:\s*italic/i, "i"],
    [/vertical-align:\s*super/i, "sup"],
    [/vertical-align:\s*sub/i, "sub"],
  ];
  const NOT_BOLD = /font-weight:\s*(normal|[1-5]00)/i;
  const WORDS_LIST = /mso-list:\s*l\d+ level(\d)/i;
  const CONDUCTOR = "data-draftjs-conductor-fragment";

  const replace = (element, name) => {
    const other = element.ownerDocument.createElement(name);
    other.append(...element.childNodes);
    element.replaceWith(other);
    return other;
  };
  const wrap = (element, name) => {
    const inner = element.ownerDocument.createElement(name);
    inner.append(...element.childNodes);
    element.append(inner);
  };

  function readStyles(body) {
    for (const element of body.querySelectorAll("[style]")) {
      const style = element.getAttribute("style");
      element.removeAttribute("style");
      for (const [pattern, name] of STYLES) if (pattern.test(style)) wrap(element, name);
      if (element.matches("b, strong") && NOT_BOLD.test(style)) {
        element.replaceWith(...element.childNodes);
      }
    }
  }

  function readWordsLists(body) {
    for (const item of body.querySelectorAll("p[style*='mso-list']")) {
      const level = item.getAttribute("style").match(WORDS_LIST)?.[1];
      if (!level) continue;
      const sign = item.querySelector("[style*='mso-list:Ignore' i], [style*='mso-list: Ignore' i]");
      const kind = /[0-9a-z]+[.)]/i.test(sign?.textContent) ? "ol" : "ul";
      sign?.remove();
      let list = replace(item, "li");
      for (let depth = 0; depth < level; depth += 1) {
        const outer = list.ownerDocument.createElement(kind);
        list.replaceWith(outer);
        outer.append(list);
        list = outer;
      }
    }
  }

  function readTables(body) {
    const tables = [...body.querySelectorAll("table")];
    for (const table of tables) {
      for (const row of table.querySelectorAll("tr")) {
        const line = body.ownerDocument.createElement("p");
        [...row.cells].forEach((cell, i) => {
          for (const part of cell.querySelectorAll("p, div")) {
            part.replaceWith(...part.childNodes, part.nextElementSibling ? " " : "");
          }
          line.append(i ? " | " : "", ...cell.childNodes);
        });
        table.before(line);
      }
      table.remove();
    }
    return tables.length > 0;
  }

  function markStyles(body) {
    const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      text.data = text.data.replace(ALL_MARKS, "");
      const style = text.parentElement.closest("sup, sub")?.localName;
      if (!style || !text.data.trim()) continue;
      text.data = style === "sup" ? `\uFDD0${text.data}\uFDD1` : `\uFDD2${text.data}\uFDD3`;
    }
  }

  // Return HTML that Draft.js understands, and the kinds of things that are lost.
  function mend(html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    readWordsLists(body);
    readStyles(body);
    // Draft.js would end the point with an empty line.
    for (const point of body.querySelectorAll("li > p")) point.replaceWith(...point.childNodes);
    const headings = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    for (const heading of headings) replace(heading, "p");
    const lost = {
      tables: readTables(body),
      headings: headings.length > 0,
      pictures: body.querySelector("img, svg, video") !== null,
    };
    markStyles(body);
    return { html: body.innerHTML, lost: Object.keys(lost).filter((kind) => lost[kind]) };
  }

  function withoutMarks(block) {
    const text = block.getText();
    const open = new Set();
    const characters = block
      .getCharacterList()
      .map((character, i) => {
        const [style, begins] = MARKS[text[i]] ?? [];
        if (style) open[begins ? "add" : "delete"](style);
        return [...open].reduce((found, each) => CharacterMetadata.applyStyle(found, each), character);
      })
      .filter((_, i) => !(text[i] in MARKS));
    return block.merge({ text: text.replace(ALL_MARKS, ""), characterList: characters });
  }

  // Return the pasted state with styles instead of marks, and the cursor where it was between them.
  function styled(before, after) {
    const content = after.getCurrentContent();
    const cursor = after.getSelection();
    const text = content.getBlockForKey(cursor.getStartKey()).getText();
    const offset = text.slice(0, cursor.getStartOffset()).replace(ALL_MARKS, "").length;
    const selection = cursor.merge({ anchorOffset: offset, focusOffset: offset });
    const blockMap = content.getBlockMap().map(withoutMarks);
    const clean = content.merge({ blockMap, selectionAfter: selection });
    return EditorState.push(before, clean, "insert-fragment");
  }

  function insert(html, state) {
    const { contentBlocks, entityMap } = convertFromHTML(html);
    const fragment = ContentState.createFromBlockArray(contentBlocks, entityMap).getBlockMap();
    const content = Modifier.replaceWithFragment(
      state.getCurrentContent(),
      state.getSelection(),
      fragment,
    );
    return EditorState.push(state, content, "insert-fragment");
  }

  const kinds = window.draftail.registerPlugin({ type: "PASTE", onPaste }, "entityTypes");

  function onPaste(text, html, state, { setEditorState, getEditorState }, { said }) {
    if (!html || html.includes(CONDUCTOR)) return "not-handled";
    const mended = mend(html);
    const set = (pasted) => setEditorState(styled(state, pasted));
    // Wagtail's own makes links of the addresses in a text.
    const methods = { setEditorState: set, getEditorState };
    if (kinds.LINK.onPaste(text, mended.html, state, methods, kinds.LINK) !== "handled") {
      set(insert(mended.html, state));
    }
    if (mended.lost.length) {
      const words = mended.lost.map((kind) => said[kind]).join(" ");
      const detail = { clear: true, text: words, type: "warning" };
      document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
    }
    return "handled";
  }
})();
