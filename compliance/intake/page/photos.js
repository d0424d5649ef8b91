// A picture as it is kept: at most 1600 pixels wide or high, drawn anew as JPEG, so that it
// holds nothing but what is seen: no position, no time, no name of a phone.

const Photos = (() => {
  "use strict";

  const SIDE = 1600;
  const QUALITY = 0.8;

  function decoded(file) {
    return new Promise((resolve, reject) => {
      const picture = new Image();
      const address = URL.createObjectURL(file);
      const end = (then) => () => {
        URL.revokeObjectURL(address);
        then(picture);
      };
      picture.onload = end(resolve);
      picture.onerror = end(() => reject(new Error("no picture")));
      picture.src = address;
    });
  }

  function drawn(picture) {
    const [width, height] = [picture.naturalWidth, picture.naturalHeight];
    const scale = Math.min(1, SIDE / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // JPEG has no transparency
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", QUALITY).split(",")[1];
  }

  // {sha256, base64} of a picture's file; fails where the browser cannot read it as one.
  async function shrunk(file) {
    const base64 = drawn(await decoded(file));
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return { sha256: Digest.sha256(bytes), base64 };
  }

  return { shrunk };
})();
