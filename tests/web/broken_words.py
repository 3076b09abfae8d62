"""Words that a page breaks in two within the cells of its tables, as the browser lays them out."""

from __future__ import annotations

from playwright.sync_api import Page

_BROKEN = """() => {
  const found = [], longest = 24;
  for (const cell of document.querySelectorAll('th, td')) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      for (const word of text.data.matchAll(/[\\p{L}\\p{N}’']+/gu)) {
        if (word[0].length > longest) continue;
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const tops = [...range.getClientRects()].map(one => one.top);
        if (tops.length && Math.max(...tops) - Math.min(...tops) > 3) found.push(word[0]);
      }
    }
  }
  return found;
}"""


def broken_words(page: Page) -> list[str]:
    """The words of cells of which a part stands on the next line; none is longer than 24 signs."""
    return list(page.evaluate(_BROKEN))
