(function () {
  var tools = document.getElementById('tools');
  var list = document.getElementById('list');
  if (!tools || !list) { return; }
  tools.hidden = false;
  var cards = Array.prototype.slice.call(list.children);
  var filter = document.getElementById('filter');
  var order = document.getElementById('order');
  var shown = document.getElementById('shown');
  function update() {
    var text = filter.value.toLowerCase();
    var key = order.value;
    var count = 0;
    cards.forEach(function (card) {
      var hit = card.dataset.words.indexOf(text) >= 0;
      card.hidden = !hit;
      count += hit ? 1 : 0;
    });
    cards.slice().sort(function (a, b) {
      if (key === 'name') { return a.dataset.words < b.dataset.words ? -1 : 1; }
      return key === 'position' ? a.dataset.position - b.dataset.position : b.dataset[key] - a.dataset[key];
    }).forEach(function (card) { list.appendChild(card); });
    shown.textContent = count === cards.length ? '' : count + ' of ' + cards.length + ' columns';
  }
  filter.addEventListener('input', update);
  order.addEventListener('change', update);
})();
