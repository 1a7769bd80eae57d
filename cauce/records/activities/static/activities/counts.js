// The live total of a head count. Without script the page shows the total once the count is recorded.
"use strict";
document.querySelectorAll("[data-counts]").forEach((form) => {
  const line = form.querySelector("[data-sum]"), output = line.querySelector("output");
  const sum = () => {
    const cells = [...form.querySelectorAll("fieldset input")];
    output.textContent = cells.reduce((total, cell) => total + (/^\d+$/.test(cell.value.trim()) ? Number(cell.value) : 0), 0);
  };
  line.hidden = false;
  form.addEventListener("input", sum);
  sum();
});
