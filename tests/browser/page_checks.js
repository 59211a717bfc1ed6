// What holds on every page, whoever looks at it. Answers with a list of complaints.
(width) => {
  const complaints = [];
  const isPhone = width < 700;
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest(".hidden-text, .skip");
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const said = (element) =>
    `<${element.tagName.toLowerCase()} ${element.className}> “${(element.innerText || element.name || "").trim().slice(0, 40)}”`;

  // A refusal shown above the board is a page of its own and brings its heading along.
  const headings = all("h1").filter((heading) => !heading.closest("#problem"));
  if (headings.length !== 1) complaints.push(`${headings.length} h1: ${headings.map(said).join(", ")}`);

  const overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (overflow > 0) complaints.push(`the page is ${overflow} px wider than the screen`);

  for (const field of all("input:not([type=hidden]), select, textarea")) {
    if (!field.labels?.length && !field.getAttribute("aria-label")) complaints.push(`no label: ${said(field)}`);
  }
  for (const image of document.querySelectorAll("img:not([alt])")) complaints.push(`no alt: ${image.src}`);
  for (const drawing of document.querySelectorAll("svg:not([aria-hidden])")) {
    if (!drawing.querySelector("title")) complaints.push(`neither hidden nor named: ${drawing.outerHTML.slice(0, 60)}`);
  }
  for (const control of all("button, a[href], summary")) {
    if (!(control.textContent.trim() || control.getAttribute("aria-label"))) complaints.push(`no name: ${said(control)}`);
  }

  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) complaints.push(`the id ${id} stands twice`);

  // Links inside a sentence, and the hidden-until-focused skip link, are the exceptions.
  const targets =
    "button, .button, summary, select, textarea, input:not([type=hidden], [type=radio], [type=checkbox]), " +
    "label.choice, label.tick, .places a, .mark, a.tally, .need, a[href^='tel:']";
  for (const target of isPhone ? all(targets) : []) {
    const { height } = target.getBoundingClientRect();
    if (height < 43.9) complaints.push(`only ${Math.round(height)} px high: ${said(target)}`);
  }

  // A key was pressed just before, so that focus counts as coming from the keyboard.
  const before = document.activeElement;
  const focusable = "a[href], button:not([disabled]), summary, input:not([type=hidden]), select, textarea, [tabindex='0']";
  for (const element of [...document.querySelectorAll(focusable)].filter((one) => one.checkVisibility())) {
    element.focus({ preventScroll: true });
    const marked = [element, element.closest(".choice")].filter(Boolean).some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
    if (document.activeElement === element && !marked) complaints.push(`focus is not seen: ${said(element)}`);
  }
  if (before && before !== document.body) before.focus({ preventScroll: true });
  else document.activeElement.blur();
  return complaints;
}
