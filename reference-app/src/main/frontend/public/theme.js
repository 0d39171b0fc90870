// Before the first paint, so that nobody who chose dark sees a white flash.
try {
  var theme = localStorage.getItem('studio-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is refused: the system's theme it is.
}
