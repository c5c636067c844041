/* input[data-pictures]: shows what was chosen, each to be turned by a tap before it is sent as "<name>_turns". */
"use strict";

(function () {
  const word = document.querySelector("[data-turn-word]")?.dataset.turnWord || "↻";

  function preview(file, turns, place) {
    const item = document.createElement("li");
    const frame = document.createElement("div");
    const picture = document.createElement("img");
    const button = document.createElement("button");
    frame.className = "preview-frame";
    picture.alt = file.name;
    picture.src = URL.createObjectURL(file);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
    // What this browser cannot show, the server says in a sentence.
    picture.addEventListener("error", () => { picture.remove(); frame.textContent = file.name; button.remove(); }, { once: true });
    button.type = "button";
    button.className = "btn";
    button.textContent = word;
    button.addEventListener("click", () => {
      turns[place] = (turns[place] + 1) % 4;
      picture.dataset.turns = String(turns[place]);
      item.dispatchEvent(new CustomEvent("hebi:turned", { bubbles: true }));
    });
    frame.append(picture);
    item.append(frame, button);
    return item;
  }

  function show(input) {
    let list = input.parentElement.querySelector("ul.previews");
    let sent = input.parentElement.querySelector("input[data-turns]");
    if (!list) {
      list = document.createElement("ul");
      list.className = "previews";
      sent = document.createElement("input");
      sent.type = "hidden";
      sent.name = input.name + "_turns";
      sent.dataset.turns = "";
      input.insertAdjacentElement("afterend", list);
      list.insertAdjacentElement("afterend", sent);
    }
    const files = Array.from(input.files);
    const turns = files.map(() => 0);
    const tell = () => { sent.value = turns.join(","); };
    list.replaceChildren(...files.map((file, place) => preview(file, turns, place)));
    list.addEventListener("hebi:turned", tell);
    tell();
  }

  // Pictures that the server keeps already: turned and taken away before they are given to the record.
  document.addEventListener("click", (event) => {
    const item = event.target.closest(".kept > li");
    if (item && event.target.matches("[data-drop-kept]")) { item.remove(); }
    if (item && event.target.matches("[data-turn-kept]")) {
      const sent = item.querySelector("input");
      const [kind, key, turns] = sent.value.split(":");
      const next = String((Number(turns) + 1) % 4);
      sent.value = [kind, key, next].join(":");
      item.querySelector("img").dataset.turns = next;
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file][data-pictures]")) { show(event.target); }
  });
  // The back button keeps the files.
  for (const input of document.querySelectorAll("input[type=file][data-pictures]")) {
    if (input.files.length) { show(input); }
  }
})();
