// The version switcher: links to the same page in every version that is deployed beside this one.
// It asks nobody but the site itself, and finds it from its own address, so any base path will do.
(() => {
  "use strict";
  const deployed = window.docentDeployed;
  const root = new URL("..", document.currentScript.src);
  const places = document.querySelectorAll(".docent-versions");
  if (!deployed || !places.length) return;
  const list = new URL(deployed.versions, root);
  const page = location.pathname.startsWith(root.pathname)
    ? location.pathname.slice(root.pathname.length)
    : "";

  const get = async (address) => {
    const answer = await fetch(address);
    return answer.ok ? answer.json() : null;
  };

  // Not every version has every page: its own list of files tells.
  const samePage = async (version) => {
    const start = new URL(version.url, list);
    if (!page) return start;
    const facts = await get(new URL("deployment.json", start)).catch(() => null);
    const file = page.endsWith("/") ? `${page}index.html` : page;
    return facts?.files?.includes(file) ? new URL(page, start) : start;
  };

  const entry = (version) => {
    const link = document.createElement("a");
    const aliases = version.aliases?.length ? ` (${version.aliases.join(", ")})` : "";
    link.textContent = `${version.name ?? version.version}${aliases}`;
    link.href = new URL(version.url, list);
    if (version.version === deployed.version) link.setAttribute("aria-current", "true");
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      samePage(version).then((target) => {
        target.hash = location.hash;
        location.assign(target);
      });
    });
    const item = document.createElement("li");
    item.append(link);
    return item;
  };

  const fill = (place, versions) => {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const items = document.createElement("ul");
    summary.textContent = `Version: ${deployed.version}`;
    items.append(...versions.map(entry));
    details.append(summary, items);
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      summary.focus();
    });
    document.addEventListener("click", (event) => {
      if (!details.contains(event.target)) details.open = false;
    });
    place.replaceChildren(details);
    place.hidden = false;
  };

  get(list).then((versions) => {
    if (Array.isArray(versions)) places.forEach((place) => fill(place, versions));
  }).catch(() => {});
})();
