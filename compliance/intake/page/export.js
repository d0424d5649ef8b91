// Out of the browser: one file with the records and their photos, to keep or to send.

// The buttons under the form of an entry, or, without one, under the overview.
function exportButtons(app, entry) {
  const shares = Boolean(navigator.canShare && navigator.canShare({ files: [shared("{}", "a")] }));
  const one = () => [entry];
  const all = () => app.begun();
  const pair = (entries, saved, sent, given) => [
    button(say(saved), () => hand(app, entries(), save), given),
    shares ? button(say(sent), () => hand(app, entries(), share)) : null,
  ];
  const primary = { class: "primary" };
  return el(
    "div",
    { class: "actions" },
    entry ? pair(one, "export", "share", primary) : [],
    app.several() ? pair(all, "export_all", "share_all", entry ? null : primary) : [],
    entry && !app.several() ? button(say("add_outlet"), () => app.addOutlet()) : null,
    entry ? button(say("reset"), () => app.reset(entry), { class: "danger" }) : null
  );
}

// Hand the entries over, or say what keeps them from it.
async function hand(app, entries, how) {
  const bad = entries.map((entry) => ({ entry, faults: Model.faults(entry) })).filter((each) => each.faults.length > 0);
  if (entries.length === 0) {
    Notice.tell(say("nothing_begun"), null, "bad");
  } else if (bad.length > 0) {
    const { entry, faults } = bad[0];
    const what = faults.map((fault) => faultText(fault, entry)).join(say("semicolon"));
    const outlet = entry.outlet.name || say("untitled");
    Notice.tell(say("refused", { outlet, what }), null, "bad");
    if (app.current === entry) show(faults[0].target);
  } else {
    const text = await exported(app, entries);
    if (new Blob([text]).size > DATA.limit) Notice.tell(say("too_large", { limit: DATA.limit / 1048576 }), null, "bad");
    else await how(text, fileName(entries));
  }
}

async function exported(app, entries) {
  const records = entries.map(Model.record);
  const photos = {};
  for (const record of records) {
    for (const file of Object.values(record.evidence || {}).flat()) {
      photos[file.sha256] = await app.store.photo(file.sha256);
    }
  }
  const { form, version, vocabulary } = DATA;
  return JSON.stringify({ form, version, vocabulary, records, photos });
}

function fileName(entries) {
  const days = entries.map((entry) => entry.inspection.date).sort();
  const what = entries.length === 1 ? entries[0].outlet.id : say("outlet_count", { count: entries.length });
  const plain = [say("file"), what, days[days.length - 1]].join("-");
  // Characters that some system does not take in a file's name.
  return Array.from(plain.replace(/[\\/:*?"<>|\s\u0000-\u001f]+/g, "_")).slice(0, 80).join("");
}

function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = el("a", { href: address, download: name + ".json" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  Notice.tell(say("saved", { name: name + ".json" }));
}

// Browsers share texts and pictures, and JSON nowhere; the content is the same.
function shared(text, name) {
  return new File([text], name + ".txt", { type: "text/plain" });
}

async function share(text, name) {
  try {
    await navigator.share({ files: [shared(text, name)] });
  } catch (refused) {
    if (refused.name !== "AbortError") Notice.tell(say("not_shared"), null, "bad");
  }
}
