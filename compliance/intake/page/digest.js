// SHA-256 of bytes, as 64 lower-case hex digits. The browser's own is only there in what it
// holds for a secure context, which a file opened on a phone is not always.

const Digest = (() => {
  "use strict";

  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  const bits = (root) => ((root - Math.floor(root)) * 4294967296) | 0;
  const START = primes.slice(0, 8).map((prime) => bits(Math.sqrt(prime)));
  const ROUND = primes.map((prime) => bits(Math.cbrt(prime)));

  function padded(bytes) {
    const whole = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
    whole.set(bytes);
    whole[bytes.length] = 0x80;
    const view = new DataView(whole.buffer);
    view.setUint32(whole.length - 8, Math.floor(bytes.length / 536870912));
    view.setUint32(whole.length - 4, (bytes.length << 3) >>> 0);
    return view;
  }

  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  function schedule(view, offset, words) {
    for (let t = 0; t < 16; t += 1) words[t] = view.getInt32(offset + 4 * t);
    for (let t = 16; t < 64; t += 1) {
      const [a, b] = [words[t - 15], words[t - 2]];
      const low = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
      const high = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      words[t] = (words[t - 16] + low + words[t - 7] + high) | 0;
    }
  }

  function compress(state, words) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 64; t += 1) {
      const mixed = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const first = (h + mixed + ((e & f) ^ (~e & g)) + ROUND[t] + words[t]) | 0;
      const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    return [a, b, c, d, e, f, g, h].map((word, at) => (word + state[at]) | 0);
  }

  function sha256(bytes) {
    const view = padded(bytes);
    const words = new Int32Array(64);
    let state = START;
    for (let offset = 0; offset < view.byteLength; offset += 64) {
      schedule(view, offset, words);
      state = compress(state, words);
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  return { sha256 };
})();
