// SPDX-License-Identifier: Apache-2.0
// Sorting, filtering and lazy rows of the findings table. Data becomes text nodes only, never markup.
(function () {
  "use strict";
  var CHUNK = 100, PRINTED = 1000;
  var table = document.getElementById("findings-table");
  var source = document.getElementById("findings-data");
  if (!table || !source) return;
  var body = table.tBodies[0], live = document.getElementById("findings-live");
  var more = document.getElementById("findings-more");
  var data = null, rows = [], shown = 0, sorting = { column: null, descending: false };

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined && text !== null) made.textContent = text;
    return made;
  }
  function grouped(text) { return text.replace(/\B(?=(\d{3})+(?!\d))/g, ","); }
  function amount(minor, currency) {
    var digits = data.digits[currency], size = Math.abs(minor), unit = Math.pow(10, digits);
    var text = grouped(String(Math.floor(size / unit)));
    if (digits > 0) text += "." + String(size % unit).padStart(digits, "0");
    return (minor < 0 ? "-" : "") + text + " " + currency;
  }
  // [saving, currency, severity, rule, user, name, department, product, last, why, details, new]
  var field = {
    saving: function (r) { return r[0]; },
    severity: function (r) { return r[2]; },
    rule: function (r) { return data.words[r[3]]; },
    user: function (r) { return r[4].toLowerCase(); },
    department: function (r) { return data.words[r[6]].toLowerCase(); },
    product: function (r) { return data.words[r[7]].toLowerCase(); },
    last: function (r) { return r[8]; }
  };
  function row(r) {
    var line = element("tr"), severity = data.severities[r[2]];
    line.append(element("td", "n", r[0] === 0 ? "–" : amount(r[0], data.words[r[1]])));
    var tags = element("td");
    tags.append(element("span", "tag " + severity, severity));
    if (r[11]) tags.append(" ", element("span", "tag", "new"));
    line.append(tags, element("td", "", data.words[r[3]]));
    var who = element("td", "who", r[4]);
    if (r[5]) who.append(element("br"), element("span", "soft", r[5]));
    line.append(who, element("td", "", data.words[r[6]]), element("td", "", data.words[r[7]]),
      element("td", "n", r[8] || "–"));
    var why = element("td", "why");
    if (r[10].length === 0) {
      why.textContent = r[9];
    } else {
      var fold = element("details"), list = element("ul");
      fold.append(element("summary", "", r[9]));
      r[10].forEach(function (detail) { list.append(element("li", "", detail)); });
      fold.append(list);
      why.append(fold);
    }
    line.append(why);
    return line;
  }
  function show(until) {
    var part = document.createDocumentFragment();
    for (until = Math.min(until, rows.length); shown < until; shown++) part.append(row(rows[shown]));
    body.append(part);
    more.hidden = shown >= rows.length;
    more.textContent = "Show more (" + grouped(String(rows.length - shown)) + " left)";
  }
  function value(id) { return document.getElementById(id).value; }
  function refresh() {
    var text = value("find-text").toLowerCase(), rule = value("find-rule"), severity = value("find-severity"),
      department = value("find-department");
    rows = data.rows.filter(function (r) {
      return (rule === "" || data.words[r[3]] === rule) && (severity === "" || data.severities[r[2]] === severity) &&
        (department === "" || data.words[r[6]] === department.slice(1)) &&
        (text === "" || [r[4], r[5], r[9], data.words[r[6]], data.words[r[7]]].join("\n").toLowerCase().includes(text));
    });
    if (sorting.column) {
      var key = field[sorting.column], sign = sorting.descending ? -1 : 1;
      rows.sort(function (a, b) { var x = key(a), y = key(b); return x < y ? -sign : x > y ? sign : 0; });
    }
    body.replaceChildren();
    shown = 0;
    show(CHUNK);
    live.textContent = grouped(String(rows.length)) + " of " + grouped(String(data.rows.length)) + " findings";
  }
  function sortBy(button) {
    var column = button.dataset.column;
    sorting.descending = sorting.column === column ? !sorting.descending : column === "saving" || column === "severity";
    sorting.column = column;
    table.querySelectorAll("th[aria-sort]").forEach(function (head) { head.setAttribute("aria-sort", "none"); });
    button.closest("th").setAttribute("aria-sort", sorting.descending ? "descending" : "ascending");
    refresh();
  }
  function options(id, words, prefix) {
    var select = document.getElementById(id);
    words.forEach(function (word) {
      var option = element("option", "", word === "" ? "(none)" : word);
      option.value = prefix + word;
      select.append(option);
    });
  }
  function unique(column) {
    var seen = new Set(data.rows.map(function (r) { return data.words[r[column]]; }));
    return Array.from(seen).sort();
  }
  function start() {
    if (data) return;
    data = JSON.parse(source.textContent);
    options("find-rule", unique(3), "");
    options("find-severity", data.severities.slice().reverse(), "");
    options("find-department", unique(6), "=");
    var timer = 0;
    document.getElementById("find-text").addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(refresh, 120);
    });
    ["find-rule", "find-severity", "find-department"].forEach(function (id) {
      document.getElementById(id).addEventListener("change", refresh);
    });
    table.querySelectorAll("th button").forEach(function (button) {
      button.addEventListener("click", function () { sortBy(button); });
    });
    more.addEventListener("click", function () { show(shown + CHUNK); });
    if ("IntersectionObserver" in window)
      new IntersectionObserver(function (seen) {
        if (seen[0].isIntersecting && !more.hidden) show(shown + CHUNK);
      }, { rootMargin: "400px" }).observe(more);
    window.addEventListener("beforeprint", function () { show(Math.max(shown, PRINTED)); });
    document.getElementById("findings-tools").hidden = false;
    document.getElementById("findings-note").hidden = true;
    refresh();
  }
  // The first screen is painted before a long list is read; a page in the background is never painted.
  requestAnimationFrame(function () { setTimeout(start, 0); });
  setTimeout(start, 2000);
})();
