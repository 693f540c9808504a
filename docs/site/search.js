// A browser gives a page that it opens as a file no index to search: say so in place of a button that opens nothing.
if (location.protocol === "file:") {
  for (const button of document.querySelectorAll("label.md-header__button[for=__search]")) {
    const note = document.createElement("span");
    note.className = "search-note";
    note.textContent = "Search needs a server";
    button.replaceWith(note);
  }
}
