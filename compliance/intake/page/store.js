// Where the work is kept when the browser is closed: IndexedDB, else localStorage, else
// nowhere, which `kept` says. Keys are texts, values whatever JSON can hold.

const Store = (() => {
  "use strict";

  const NAME = "compliance";

  function asked(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  function database() {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(NAME);
    return asked(opening);
  }

  function inDatabase(db) {
    const store = (mode) => db.transaction(NAME, mode).objectStore(NAME);
    const done = (change) =>
      new Promise((resolve, reject) => {
        const opened = db.transaction(NAME, "readwrite");
        opened.oncomplete = () => resolve();
        opened.onabort = () => reject(opened.error);
        change(opened.objectStore(NAME));
      });
    return {
      kept: true,
      get: (key) => asked(store("readonly").get(key)).then((value) => (value === undefined ? null : value)),
      set: (key, value) => done((held) => held.put(value, key)),
      remove: (key) => done((held) => held.delete(key)),
      keys: (prefix) =>
        asked(store("readonly").getAllKeys()).then((all) => all.filter((key) => key.startsWith(prefix))),
    };
  }

  function inTexts(texts, kept) {
    const named = (key) => NAME + "/" + key;
    return {
      kept,
      get: async (key) => JSON.parse(texts.getItem(named(key)) || "null"),
      set: async (key, value) => texts.setItem(named(key), JSON.stringify(value)),
      remove: async (key) => texts.removeItem(named(key)),
      keys: async (prefix) =>
        Array.from({ length: texts.length }, (_, at) => texts.key(at))
          .filter((key) => key.startsWith(named(prefix)))
          .map((key) => key.slice(NAME.length + 1)),
    };
  }

  function inMemory() {
    const held = new Map();
    const texts = {
      getItem: (key) => (held.has(key) ? held.get(key) : null),
      setItem: (key, value) => held.set(key, value),
      removeItem: (key) => held.delete(key),
      key: (at) => [...held.keys()][at],
      get length() {
        return held.size;
      },
    };
    return inTexts(texts, false);
  }

  // A browser may refuse either kind of storage to a file, by an exception or by an error.
  async function open() {
    try {
      const db = await database();
      if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
      return inDatabase(db);
    } catch (refused) {
      try {
        localStorage.setItem(NAME, "");
        localStorage.removeItem(NAME);
        return inTexts(localStorage, true);
      } catch (refusedToo) {
        return inMemory();
      }
    }
  }

  return { open };
})();
