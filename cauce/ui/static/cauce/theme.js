// Before the page is drawn, so that a night shift sees no white flash.
try {
  const theme = localStorage.getItem("cauce-theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch { /* storage may be forbidden: the system's wish holds */ }
