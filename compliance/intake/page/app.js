// Starts the page: what was kept, the overview of the outlets, the form of one of them.

const App = {
  store: null,
  entries: [],
  current: null,

  // Work is kept under the checklist: a page made anew for the same outlets finds it again.
  name(kind, key) {
    return [DATA.key, kind, key].join("/");
  },

  async start() {
    const held = await Store.open();
    this.store = {
      kept: held.kept,
      held,
      photo: (sha256) => held.get(this.name("photo", sha256)),
      keepPhoto: (made) => this.put("photo", made.sha256, made.base64),
    };
    const chosen = await held.get(this.name("lang", ""));
    if (chosen === "zh" || chosen === "en") lang = chosen;
    await this.load();
    if (this.several()) this.overview();
    else this.open(this.entries[0]);
  },

  async load() {
    const listed = DATA.outlets.map((outlet, at) => ({ ...Model.blank("listed-" + at, outlet), listed: true }));
    const prefix = this.name("entry", "");
    const keys = await this.store.held.keys(prefix);
    const kept = new Map();
    for (const key of keys) kept.set(key.slice(prefix.length), await this.store.held.get(key));
    const order = (key) => Number(key.split("-")[1]);
    const added = [...kept.keys()].filter((key) => key.startsWith("added-")).sort((a, b) => order(a) - order(b));
    this.entries = [...listed.map((entry) => kept.get(entry.key) || entry), ...added.map((key) => kept.get(key))];
    if (this.entries.length === 0) this.entries = [Model.blank("added-1", {})];
  },

  several() {
    return this.entries.length > 1;
  },

  begun() {
    return this.entries.filter(Model.begun);
  },

  async put(kind, key, value) {
    try {
      await this.store.held.set(this.name(kind, key), value);
      return true;
    } catch (full) {
      Notice.tell(say("full"), null, "bad");
      return false;
    }
  },

  keep(entry) {
    return this.put("entry", entry.key, entry);
  },

  draw(title, ...parts) {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = title;
    Notice.clear();
    document.getElementById("app").replaceChildren(this.head(), ...parts, Notice.place);
  },

  head() {
    const other = lang === "zh" ? "en" : "zh";
    const turn = () => {
      lang = other;
      this.put("lang", "", lang);
      if (this.current) this.open(this.current);
      else this.overview();
      document.getElementById("lang").focus();
    };
    const given = { id: "lang", lang: other === "zh" ? "zh-CN" : "en", class: "lang" };
    const kind = initial(say("type_" + DATA.type)) + say("dot") + say("stage_" + DATA.stage);
    const name = el("p", { class: "name" }, el("b", {}, say("checklist")), el("span", {}, kind));
    return el("header", { class: "top" }, name, button(DATA.words.language[other], turn, given));
  },

  open(entry) {
    const before = this.entries.find((each) => each.inspection.inspector);
    if (before && !entry.inspection.inspector && !Model.begun(entry)) {
      entry.inspection.inspector = before.inspection.inspector;
    }
    this.current = entry;
    this.draw(entry.outlet.name || say("checklist"), ...Form(entry, this));
    window.scrollTo(0, 0);
    if (this.several()) document.getElementById("top").focus({ preventScroll: true });
  },

  overview() {
    const app = App;
    app.current = null;
    const items = app.entries.map((entry) => el("li", {}, app.row(entry)));
    app.draw(
      say("checklist"),
      el(
        "main",
        {},
        el("h1", { tabindex: -1, id: "top" }, say("outlets")),
        el("p", { class: "quiet" }, say("begun", { count: app.begun().length, total: app.entries.length })),
        app.store.kept ? null : el("p", { class: "warning" }, say("not_kept")),
        el("ul", { class: "outlets" }, ...items),
        button([icon("plus"), say("add_outlet")], () => app.addOutlet(), { class: "add" }),
        exportButtons(app, null)
      )
    );
    window.scrollTo(0, 0);
    document.getElementById("top").focus({ preventScroll: true });
  },

  row(entry) {
    const found = Model.answer(entry);
    const begun = Model.begun(entry);
    const kind = begun ? found.opinion || "none" : "none";
    const counted = say("observed", { count: Model.observed(entry), total: DATA.questions.length });
    const text = begun ? opinionText(found) + say("dot") + counted : initial(say("not_begun"));
    return button(
      [
        el("span", { class: "title" }, entry.outlet.name || say("untitled")),
        el("small", {}, [entry.outlet.id, entry.outlet.district].filter(Boolean).join(say("dot"))),
        el("span", { class: "status " + kind }, text),
      ],
      () => this.open(entry),
      { class: "outlet" }
    );
  },

  addOutlet() {
    const used = this.entries.filter((entry) => !entry.listed).map((entry) => Number(entry.key.split("-")[1]));
    const entry = Model.blank("added-" + (Math.max(0, ...used) + 1), {});
    this.entries.push(entry);
    this.keep(entry);
    this.open(entry);
  },

  async reset(entry) {
    const outlet = entry.outlet.name || say("untitled");
    if (!(await confirmed(say("reset_sure", { outlet }), say("reset_do")))) return;
    const at = this.entries.indexOf(entry);
    await this.store.held.remove(this.name("entry", entry.key));
    this.entries.splice(at, 1);
    await this.tidy(entry);
    await this.load();
    if (this.several()) this.overview();
    else this.open(this.entries[0]);
    Notice.tell(say("reset_done", { outlet }));
  },

  // Photos that no entry shows any more go with the entry that showed them.
  async tidy(entry) {
    const used = new Set(this.entries.flatMap((each) => Object.values(each.photos).flat()).map((file) => file.sha256));
    for (const file of Object.values(entry.photos).flat()) {
      if (!used.has(file.sha256)) await this.store.held.remove(this.name("photo", file.sha256));
    }
  },
};

App.start();
