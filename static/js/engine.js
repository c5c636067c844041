/* Read before all else, in words every browser knows: tells an old engine (IE mode of 360 among them) what to do. */
(function () {
  var root = document.documentElement;
  root.className = (root.className ? root.className + " " : "") + "has-script";
  var isOld = !window.CSS || !CSS.supports || !CSS.supports("selector(:focus-visible)") || !window.HTMLDialogElement || !window.BigInt;
  // Who is not logged in sees the size of letters that was last used on this computer.
  try {
    if (root.hasAttribute("data-anonymous")) {
      if (localStorage.getItem("hebi.large") === "1") { root.className += " is-large"; }
    } else {
      localStorage.setItem("hebi.large", / is-large( |$)/.test(" " + root.className) ? "1" : "0");
    }
  } catch (refused) { /* a browser without storage */ }
  if (isOld) {
    document.addEventListener("DOMContentLoaded", function () {
      var line = document.getElementById("old-browser");
      if (line) { line.removeAttribute("hidden"); }
    });
  }
})();
