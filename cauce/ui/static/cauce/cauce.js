// What pages do beyond HTML: leave fast, lock when idle, search by key, theme, send once. Every page works without it.
"use strict";
(() => {
  const body = document.body;
  const curtain = document.getElementById("curtain");

  // Leave fast: blank at once, lock the session behind, and put a neutral page in this page's place.
  const exit = document.querySelector("[data-exit]");
  const leave = () => {
    body.classList.add("is-gone");
    document.title = "";
    if (curtain) navigator.sendBeacon(curtain.action, new FormData(curtain));
    location.replace(exit.href);
  };
  if (exit) {
    exit.addEventListener("click", (event) => { event.preventDefault(); leave(); });
    let shifts = [];
    addEventListener("keydown", (event) => {
      if (event.key !== "Shift") { shifts = []; return; }
      if (event.repeat) return;
      shifts = [...shifts.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
      if (shifts.length >= 3) leave();
    });
  }

  // Lock when idle: a warning a minute before, then the server's lock screen. All tabs share one clock.
  const minutes = Number(body.dataset.idleMinutes);
  if (curtain && minutes > 0) {
    const limit = minutes * 60000, warning = Math.min(60000, limit / 2), key = "cauce-active";
    let last = Date.now(), focused = null;
    const stored = () => { try { return Number(localStorage.getItem(key)) || 0; } catch { return 0; } };
    const seen = () => {
      if (!curtain.hidden || Date.now() - last < 1000) return;
      last = Date.now();
      try { localStorage.setItem(key, last); } catch { /* this tab keeps its own clock */ }
    };
    const stay = () => {
      curtain.hidden = true;
      last = 0;
      seen();
      focused?.focus();
    };
    const check = () => {
      const idle = Date.now() - Math.max(last, stored());
      if (idle >= limit) {
        curtain.hidden = false;
        curtain.classList.add("is-closed");
        curtain.submit();
      } else if (idle >= limit - warning && curtain.hidden) {
        focused = document.activeElement;
        curtain.hidden = false;
        curtain.querySelector("[data-stay]").focus();
      } else if (idle < limit - warning && !curtain.hidden) {
        curtain.hidden = true;
      }
    };
    ["pointerdown", "keydown", "scroll", "touchstart"].forEach((kind) => addEventListener(kind, seen, { passive: true }));
    curtain.querySelector("[data-stay]").addEventListener("click", stay);
    addEventListener("visibilitychange", check);
    last = 0;
    seen();
    setInterval(check, Math.min(5000, warning / 2));
  }
  // The browser may show a page from its memory after signing out: ask the server again.
  addEventListener("pageshow", (event) => {
    if (event.persisted && curtain) location.reload();
    document.querySelectorAll("form[aria-busy]").forEach(release);
  });

  // "/" goes to the search box, as its little key says.
  const search = document.querySelector("[data-search]");
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !search?.offsetParent) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    search.focus();
  });

  // Theme: the person's own choice goes before the system's.
  document.querySelectorAll("[data-theme-toggle]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const root = document.documentElement;
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("cauce-theme", root.dataset.theme); } catch { /* for this page only */ }
    });
  });

  // A form is sent once, whatever is clicked twice; the server would record it once anyway.
  const release = (form) => {
    form.removeAttribute("aria-busy");
    form.querySelectorAll("[data-held]").forEach((button) => { button.disabled = false; delete button.dataset.held; });
  };
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.getAttribute("aria-busy") === "true") { event.preventDefault(); return; }
    form.setAttribute("aria-busy", "true");
    // After this turn: a disabled button's own value would not be sent.
    setTimeout(() => form.querySelectorAll("button:not([type=button]):not(:disabled)").forEach((button) => {
      button.disabled = true;
      button.dataset.held = "";
    }));
    setTimeout(() => release(form), 15000);
  });

  // Menus close on Escape and on a click elsewhere.
  const menus = () => document.querySelectorAll("details[data-menu][open]");
  addEventListener("click", (event) => menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  // The phone's back arrow goes where the person came from, if that was Cauce.
  document.querySelector("[data-back]")?.addEventListener("click", (event) => {
    if (!document.referrer.startsWith(location.origin) || history.length < 2) return;
    event.preventDefault();
    history.back();
  });

  // Calendar buttons beside day fields, the name of a chosen file, filters that apply on choice, focus on an error summary.
  const prepare = (root) => {
    root.querySelectorAll("[data-day]").forEach((picker) => {
      const [button, native] = [picker.querySelector("button"), picker.querySelector("input")];
      if (!native.showPicker || !picker.hidden) return;
      picker.hidden = false;
      button.addEventListener("click", () => native.showPicker());
      native.addEventListener("change", () => {
        const text = picker.parentElement.querySelector("input");
        text.value = native.value.split("-").reverse().join("/");
        text.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
    root.querySelectorAll(".file-pick").forEach((pick) => {
      const [input, name] = [pick.querySelector("input"), pick.querySelector("[data-file-name]")], none = name.textContent;
      const show = () => { name.textContent = [...input.files].map((file) => file.name).join(", ") || none; };
      pick.classList.add("is-live");
      input.addEventListener("change", show);
      show();
    });
    root.querySelectorAll("form[data-filters] select").forEach((select) => select.addEventListener("change", () => select.form.requestSubmit()));
    root.querySelector("[data-focus]")?.focus();
  };
  prepare(document);
  document.addEventListener("htmx:after:swap", () => prepare(document));
})();
