// The state of the page: which document, page, filter and figure. Everything that a document says is put in as text.
(function (app) {
  'use strict';
  var data = window.review, root = document.documentElement;
  app.data = data;
  app.state = { doc: 0, page: 1, filter: 'all', line: -1, note: -1 };
  app.corrections = {};
  app.$ = function (id) { return document.getElementById(id); };
  app.pick = function (zh, en) { return root.dataset.lang === 'en' ? en : zh; };
  app.doc = function () { return data.documents[app.state.doc]; };
  app.label = function (column, value) {
    var zh = (data.labels[column] || {})[value];
    return root.dataset.lang === 'en' || !zh ? String(value).replace(/_/g, ' ') : zh;
  };
  app.make = function (tag, text, name) {
    var e = document.createElement(tag);
    if (text !== undefined && text !== null) e.textContent = text;
    if (name) e.className = name;
    return e;
  };
  app.yuan = function (s) {
    var parts = String(s).replace('-', '−').split('.');
    return parts[0].replace(/\B(?=(\d{3})+$)/g, ',') + '.' + ((parts[1] || '') + '00').slice(0, Math.max(2, (parts[1] || '').length));
  };
  app.keep = function (name, value) { try { localStorage.setItem('extract.' + name, value); } catch (e) { /* not remembered */ } };
  app.kept = function (name) { try { return localStorage.getItem('extract.' + name); } catch (e) { return null; } };

  app.lineKey = function (line) { return app.doc().id + '/' + line.id; };
  app.isUnclaimed = function (note) { return note.code === 'unclaimed_number'; };
  // matching lists what a filter shows, in the order of the pages: {line: n} or {note: n}.
  app.matching = function (filter) {
    var doc = app.doc(), all = [];
    if (filter === 'unclaimed') {
      doc.notes.forEach(function (x, i) { if (app.isUnclaimed(x)) all.push({ note: i, page: x.page || 0 }); });
    } else {
      doc.lines.forEach(function (l, i) { if (filter === 'all' || l.verification === filter) all.push({ line: i, page: l.page }); });
    }
    return all;
  };

  app.choose = function (n) {
    app.state = { doc: n, page: 1, filter: app.state.filter, line: -1, note: -1 };
    if (app.doc().lines.length) app.state.page = app.doc().lines[0].page;
    app.draw();
  };
  app.showLine = function (n, focus) {
    var line = app.doc().lines[n], turned = line.page !== app.state.page;
    app.state.line = n;
    app.state.note = -1;
    app.state.page = line.page;
    app.drawChoice(turned);
    if (focus) {
      var button = document.querySelector('#tables button[data-line="' + n + '"]');
      if (button) button.focus({ preventScroll: true });
    }
    try { history.replaceState(null, '', '#' + app.doc().id.slice(0, 8) + '-' + line.id); } catch (e) { /* not from disk */ }
  };
  app.showNote = function (n) {
    var note = app.doc().notes[n], turned = !!note.page && note.page !== app.state.page;
    app.state.note = n;
    app.state.line = -1;
    if (note.page) app.state.page = note.page;
    app.drawChoice(turned);
  };
  app.step = function (by) {
    var all = app.matching(app.state.filter), at = -1;
    all.forEach(function (m, i) { if (m.line === app.state.line && app.state.line >= 0 || m.note === app.state.note && app.state.note >= 0) at = i; });
    if (!all.length) return;
    var next = all[at < 0 ? 0 : (at + by + all.length) % all.length];
    if (next.line !== undefined) app.showLine(next.line, true); else app.showNote(next.note);
  };

  // --- corrections ---
  app.storage = 'corrections.' + data.documents.map(function (d) { return d.id.slice(0, 8); }).join('').slice(0, 64);
  try { app.corrections = JSON.parse(app.kept(app.storage)) || {}; } catch (e) { app.corrections = {}; }
  app.correct = function (line, value, note) {
    if (value === '') delete app.corrections[app.lineKey(line)];
    else app.corrections[app.lineKey(line)] = { document: app.doc().id, line: line.id, page: line.page, box: line.box, old: line.raw, value: value, note: note };
    app.keep(app.storage, JSON.stringify(app.corrections));
    app.drawHeader();
    app.drawTables();
  };
  // A note that a spreadsheet would take for a formula gets an apostrophe, which convert takes off again.
  function field(text) {
    text = String(text);
    if (/^[=+\-@\t\r]/.test(text) && !/^-?[\d,]+(\.\d+)?$/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
  app.csv = function () {
    var rows = [['document_id', 'line_id', 'page', 'x0', 'y0', 'x1', 'y1', 'old', 'new', 'note']];
    Object.keys(app.corrections).sort().forEach(function (k) {
      var c = app.corrections[k];
      rows.push([c.document, c.line, c.page].concat(c.box, [c.old, c.value, c.note]));
    });
    return rows.map(function (r) { return r.map(field).join(','); }).join('\r\n') + '\r\n';
  };
  app.save = function () {
    var link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([app.csv()], { type: 'text/csv;charset=utf-8' }));
    link.download = 'corrections.csv';
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  };

  app.setLanguage = function (language) {
    root.dataset.lang = language;
    root.lang = language === 'en' ? 'en' : 'zh-CN';
    app.$('language').textContent = app.pick('English', '中文');
  };
  // fromAddress finds the figure that the address names.
  app.fromAddress = function () {
    var m = /^#([0-9a-f]{8})-(.+)$/.exec(location.hash), hit = false;
    if (!m) return false;
    data.documents.forEach(function (d, n) {
      if (hit || d.id.slice(0, 8) !== m[1]) return;
      d.lines.forEach(function (l, i) {
        if (hit || l.id !== decodeURIComponent(m[2])) return;
        hit = true;
        app.choose(n);
        app.showLine(i, false);
      });
    });
    return hit;
  };
})(window.app = {});
