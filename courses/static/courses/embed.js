/* <atmp-courses university="lu" open limit="5" lang="sv"></atmp-courses>
   Shows coming course sessions of the National ATMP Research School on another site.
   Documented in docs/partners.md. Uses the page's own fonts and colours, sets no cookie, and needs
   only script-src and connect-src for the school's address in a Content-Security-Policy. */
(() => {
  "use strict";
  const origin = new URL(document.currentScript.src).origin;
  const words = {
    en: {
      heading: "Courses", none: "There are no courses to show at the moment.",
      failed: "The courses cannot be shown right now.", all: "All courses", list: "/embed/courses/",
      closes: "Apply by", tba: "Dates to be announced", credit: "credit", credits: "credits",
      on_site: "On site", online: "Online", hybrid: "Hybrid",
      not_yet_open: "Not yet open for application", open: "Open for application",
      closed: "Application closed", full: "Full", cancelled: "Cancelled",
    },
    sv: {
      heading: "Kurser", none: "Det finns inga kurser att visa just nu.",
      failed: "Kurserna kan inte visas just nu.", all: "Alla kurser", list: "/sv/embed/courses/",
      closes: "Sista ansökningsdag", tba: "Datum meddelas senare", credit: "hp", credits: "hp",
      on_site: "På plats", online: "På distans", hybrid: "Hybrid",
      not_yet_open: "Ansökan har inte öppnat än", open: "Ansökan öppen",
      closed: "Ansökan stängd", full: "Fullsatt", cancelled: "Inställt",
    },
  };
  const filters = { university: "host", stage: "stage", mode: "mode", language: "language" };
  const fields = "_,start_date,end_date,location,location_sv,mode,application_status,application_closes," +
    "course(_,title,html_url,locale,credits,host(_,name,name_sv))";

  // A constructed stylesheet, because a strict policy forbids <style> elements.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; font: inherit; color: inherit; }
    ul { list-style: "" ; margin: 0; padding: 0; }
    li { padding-block: var(--atmp-gap, 0.75em);
         border-block-start: 1px solid var(--atmp-border, color-mix(in srgb, currentColor 25%, transparent)); }
    p { margin: 0; }
    a { color: var(--atmp-link, LinkText); }
    .facts { color: var(--atmp-muted, inherit); }
  `);

  const element = (name, part, ...children) => {
    const made = document.createElement(name);
    if (part) made.part = part;
    made.append(...children);
    return made;
  };
  const link = (href, text, part) => {
    const made = element("a", part, text);
    // Nothing but the school's own pages: whatever an answer says, it cannot become a script.
    if (new URL(href, origin).protocol.startsWith("http")) made.href = href;
    return made;
  };

  class AtmpCourses extends HTMLElement {
    static observedAttributes = [...Object.keys(filters), "open", "limit", "lang"];
    #turn = 0;

    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.#load();
    }

    attributeChangedCallback() {
      if (this.shadowRoot) this.#load();
    }

    get #language() {
      const nearest = this.closest("[lang]")?.lang ?? "";
      return nearest.toLowerCase().startsWith("sv") ? "sv" : "en";
    }

    get #limit() {
      return Math.min(Math.max(parseInt(this.getAttribute("limit"), 10) || 10, 1), 100);
    }

    get #address() {
      const address = new URL("/api/v2/sessions/", origin);
      const query = address.searchParams;
      for (const [attribute, parameter] of Object.entries(filters)) {
        if (this.getAttribute(attribute)) query.set(parameter, this.getAttribute(attribute));
      }
      query.set(this.hasAttribute("open") ? "open" : "upcoming", "true");
      query.set("locale", this.#language);
      if (this.#language !== "en") query.set("fallback", "en");
      query.set("limit", String(this.#limit));
      query.set("fields", fields);
      return address.href;
    }

    async #load() {
      const turn = ++this.#turn;
      const address = this.#address;
      const key = `atmp-courses ${address}`;
      let data = null;
      try {
        const answer = await fetch(address, { credentials: "omit" });
        if (answer.status === 400) {
          // A mistake in this page, such as a university's name: for whoever has written it.
          console.warn(`<atmp-courses>: ${(await answer.json()).detail}`);
          return this.#show({ items: [] });
        }
        if (!answer.ok) throw new Error(String(answer.status));
        data = await answer.json();
        try { localStorage.setItem(key, JSON.stringify(data)); } catch { /* Kept by nobody, then. */ }
      } catch {
        try { data = JSON.parse(localStorage.getItem(key)); } catch { /* Nothing was kept. */ }
      }
      // An answer to what was asked before an attribute changed is no longer wanted.
      if (turn === this.#turn) this.#show(data);
    }

    #show(data) {
      const t = words[this.#language];
      const content = element("div", "content");
      content.lang = this.#language;
      const sessions = data?.items ?? [];
      if (sessions.length) {
        const list = element("ul", "list", ...sessions.map((session) => this.#item(session, t)));
        list.role = "list";
        list.ariaLabel = t.heading;
        content.append(list);
      } else {
        const message = element("p", "message", data ? t.none : t.failed, " ");
        message.append(link(`${origin}${t.list}`, t.all, "all"));
        content.append(message);
      }
      this.shadowRoot.replaceChildren(content);
    }

    #text(object, name) {
      return (this.#language === "sv" && object?.[`${name}_sv`]) || object?.[name];
    }

    #item(session, t) {
      const course = session.course;
      const facts = [this.#text(course.host, "name"), this.#text(session, "location"), t[session.mode]];
      if (course.credits) {
        const amount = Number(course.credits);
        facts.push(`${amount.toLocaleString(this.#language)} ${amount === 1 ? t.credit : t.credits}`);
      }
      const closes = session.application_status === "open" && session.application_closes
        ? ` · ${t.closes} ${this.#day(session.application_closes)}` : "";
      const line = element("p", "facts", facts.filter(Boolean).join(" · "));
      line.className = "facts";
      const title = link(course.meta.html_url, course.title, "link");
      if (course.meta.locale !== this.#language) title.lang = title.hreflang = course.meta.locale;
      return element("li", "item",
        element("p", "title", title),
        element("p", "dates", this.#days(session, t)),
        line,
        element("p", "status", (t[session.application_status] ?? "") + closes));
    }

    #format() {
      return new Intl.DateTimeFormat(this.#language === "sv" ? "sv-SE" : "en-GB",
        { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    }

    #day(text) {
      return this.#format().format(new Date(`${text}T00:00:00Z`));
    }

    #days(session, t) {
      if (!session.start_date) return t.tba;
      const [first, last] = [session.start_date, session.end_date ?? session.start_date];
      return this.#format().formatRange(new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`));
    }
  }

  if (!customElements.get("atmp-courses")) customElements.define("atmp-courses", AtmpCourses);
})();
