// Drawing: the header, the picture with the boxes of its figures, the details of one figure, the list and the tables.
(function (app) {
  'use strict';
  var svgNS = 'http://www.w3.org/2000/svg';
  function $(id) { return app.$(id); }
  function svg(tag, attributes) {
    var e = document.createElementNS(svgNS, tag);
    Object.keys(attributes).forEach(function (k) { e.setAttribute(k, attributes[k]); });
    return e;
  }
  function words(filter) {
    return { all: app.pick('全部', 'All'), contradicted: app.pick('有矛盾', 'Contradicted'), unchecked: app.pick('未验证', 'Unchecked'), unclaimed: app.pick('无归属', 'Unclaimed') }[filter];
  }

  app.drawHeader = function () {
    var box = $('filters');
    box.textContent = '';
    ['all', 'contradicted', 'unchecked', 'unclaimed'].forEach(function (f) {
      var b = app.make('button', words(f) + ' ');
      b.type = 'button';
      b.dataset.filter = f;
      b.appendChild(app.make('b', app.matching(f).length));
      b.setAttribute('aria-pressed', String(f === app.state.filter));
      b.addEventListener('click', function () { app.state.filter = f; app.state.line = app.state.note = -1; app.draw(); if (f !== 'all') app.step(1); });
      box.appendChild(b);
    });
    var n = Object.keys(app.corrections).length;
    $('save').textContent = app.pick('下载更正 ', 'Download corrections ') + '(' + n + ')';
    $('save').disabled = !n;
    var all = app.matching(app.state.filter), at = 0;
    all.forEach(function (m, i) { if (app.state.line >= 0 && m.line === app.state.line || app.state.note >= 0 && m.note === app.state.note) at = i + 1; });
    $('position').textContent = at + ' / ' + all.length;
  };

  app.drawPages = function () {
    var box = $('pages'), doc = app.doc(), bad = {};
    doc.lines.forEach(function (l) { if (l.verification === 'contradicted') bad[l.page] = true; });
    box.textContent = '';
    doc.pages.forEach(function (p) {
      var b = app.make('button', p.n, bad[p.n] ? 'bad' : '');
      b.type = 'button';
      b.setAttribute('aria-label', app.pick('第 ' + p.n + ' 页', 'page ' + p.n));
      b.setAttribute('aria-current', String(p.n === app.state.page));
      b.addEventListener('click', function () { app.state.page = p.n; app.state.line = app.state.note = -1; app.draw(); });
      box.appendChild(b);
    });
  };

  function area(box, pad) {
    return { x: box[0] - pad, y: box[1] - pad, width: Math.max(box[2] - box[0], 1) + 2 * pad, height: Math.max(box[3] - box[1], 1) + 2 * pad };
  }
  app.drawSheet = function () {
    var sheet = $('sheet'), doc = app.doc(), page = doc.pages.filter(function (p) { return p.n === app.state.page; })[0];
    sheet.textContent = '';
    if (!page) { sheet.appendChild(app.make('p', doc.note || app.pick('没有这一页的图像。', 'There is no picture of this page.'), 'soft')); return; }
    var s = svg('svg', { viewBox: '0 0 ' + page.size[0] + ' ' + page.size[1], role: 'img', 'aria-label': app.pick('第 ' + page.n + ' 页', 'page ' + page.n) });
    if (page.src) s.appendChild(svg('image', { href: page.src, width: page.size[0], height: page.size[1], preserveAspectRatio: 'none' }));
    (page.text || []).forEach(function (run) {
      run.t.forEach(function (t, i) {
        var e = svg('text', { x: run.x[i], y: run.y, 'font-size': run.s });
        if (run.a) e.setAttribute('transform', 'rotate(' + run.a + ' ' + run.x[i] + ' ' + run.y + ')');
        e.textContent = t;
        s.appendChild(e);
      });
    });
    doc.notes.forEach(function (x, i) {
      if (!app.isUnclaimed(x) || x.page !== page.n) return;
      var r = svg('rect', area(x.box, 1));
      r.setAttribute('class', 'figure unclaimed');
      r.dataset.note = i;
      r.addEventListener('click', function () { app.showNote(i); });
      s.appendChild(r);
    });
    doc.lines.forEach(function (l, i) {
      if (l.page !== page.n) return;
      var r = svg('rect', area(l.box, 1.5));
      r.setAttribute('class', 'figure ' + l.verification);
      r.dataset.line = i;
      r.addEventListener('click', function () { app.showLine(i, true); });
      s.appendChild(r);
    });
    sheet.appendChild(s);
    if ((page.text || []).length) sheet.appendChild(app.make('p', app.pick('蓝字：文件没有嵌入该字体，由程序读出的文字代绘。', 'Blue text: the file does not embed the font; drawn from what was read.'), 'soft'));
    app.markSheet();
  };
  app.markSheet = function () {
    var partners = {};
    if (app.state.line >= 0) app.checksOf(app.state.line).forEach(function (c) { if (c.status === 'fail') c.lines.forEach(function (n) { partners[n] = true; }); });
    Array.prototype.forEach.call(document.querySelectorAll('#sheet rect'), function (r) {
      var line = 'line' in r.dataset ? +r.dataset.line : -2, note = 'note' in r.dataset ? +r.dataset.note : -2;
      r.classList.toggle('shown', line === app.state.line || note === app.state.note);
      r.classList.toggle('partner', line !== app.state.line && !!partners[line]);
    });
    var shown = document.querySelector('#sheet rect.shown'), sheet = $('sheet');
    if (!shown) return;
    var a = shown.getBoundingClientRect(), b = sheet.getBoundingClientRect();
    if (a.top < b.top || a.bottom > b.bottom) sheet.scrollTop += a.top - b.top - b.height / 2;
  };

  app.checksOf = function (n) {
    return app.doc().checks.filter(function (c) { return c.lines.indexOf(n) >= 0; }).sort(function (a, b) { return (a.status === 'pass') - (b.status === 'pass'); });
  };

  function dimensions(l) {
    return [app.label('statement', l.statement), app.label('direction', l.direction), app.label('classification', l.classification), l.year || '',
      app.label('phase', l.phase), l.fund_source === 'all' ? '' : app.label('fund_source', l.fund_source),
      l.spending === 'all' ? '' : app.label('spending', l.spending), l.period === 'all' ? '' : app.label('period', l.period)].filter(Boolean).join(' · ');
  }
  function readings(l) {
    if (l.readings && l.readings.length) {
      return app.pick('读法：', 'Readings: ') + l.readings.map(function (r) { return r.t + ' (' + Math.round(100 * r.c) + ' %)'; }).join('，');
    }
    return app.pick('读法：', 'Reading: ') + '“' + l.raw + '” ' + (l.source === 'ocr' ? app.pick('识别', 'recognized') : app.pick('文本', 'text')) + ' ' + Math.round(100 * l.confidence) + ' %';
  }
  var shownChecks = 12, shownFigures = 16;
  // named puts the Chinese names of values into the description of a check.
  function named(text) {
    var columns = ['direction', 'phase', 'fund_source', 'spending', 'period', 'statement', 'classification'];
    return text.replace(/[a-z]+(_[a-z]+)*/g, function (value) {
      return columns.reduce(function (found, c) { return found || (app.data.labels[c] || {})[value]; }, '') || value;
    });
  }
  function checkItem(c, n) {
    var item = app.make('li', null, c.status), text = c.text.split(' | ');
    item.appendChild(app.make('span', root().lang === 'en' ? text[0] : named(text[text.length - 1])));
    if (c.status === 'fail' && c.expected) {
      item.appendChild(app.make('p', app.pick('应为 ', 'expected ') + app.yuan(c.expected) + app.pick('，印出 ', ', printed ') + app.yuan(c.actual) + app.pick('，相差 ', ', difference ') + app.yuan(c.difference), 'bad'));
    }
    var figures = app.make('p');
    c.lines.slice(0, shownFigures).forEach(function (m) {
      if (m === n) return;
      var other = app.doc().lines[m], a = app.make('a', other.item + ' ' + other.raw);
      a.href = '#' + app.doc().id.slice(0, 8) + '-' + other.id;
      a.addEventListener('click', function (event) { event.preventDefault(); app.showLine(m, true); });
      figures.appendChild(a);
    });
    if (c.lines.length > shownFigures) figures.appendChild(app.make('span', '+' + (c.lines.length - shownFigures), 'soft'));
    item.appendChild(figures);
    return item;
  }
  function root() { return document.documentElement; }

  app.drawDetail = function () {
    var box = $('detail'), doc = app.doc();
    box.textContent = '';
    if (app.state.note >= 0) {
      var x = doc.notes[app.state.note];
      box.appendChild(app.make('h2', app.label('code', x.code)));
      box.appendChild(app.make('p', x.text || '', 'amount'));
      box.appendChild(app.make('p', x.message, 'soft'));
      return;
    }
    if (app.state.line < 0) {
      box.appendChild(app.make('h2', [doc.department, doc.year || ''].filter(Boolean).join(' ') || doc.name));
      box.appendChild(app.make('p', app.pick('点或移到一个数字上，看它在页面上的位置、读法和勾稽关系。', 'Point at a figure, or click it, to see its place, its readings and its identities.'), 'soft'));
      if (doc.note) box.appendChild(app.make('p', doc.note, 'bad'));
      if (doc.error) box.appendChild(app.make('p', doc.error, 'bad'));
      return;
    }
    var n = app.state.line, l = doc.lines[n], checks = app.checksOf(n);
    box.appendChild(app.make('h2', [l.code, l.item, l.counterpart ? '→ ' + l.counterpart : ''].filter(Boolean).join(' ')));
    var amount = app.make('p', app.yuan(l.amount) + ' ', 'amount');
    amount.appendChild(app.make('small', app.pick('元', 'yuan') + ' · ' + app.pick('印作', 'printed') + ' “' + l.raw + '” ' + l.unit + ' · '));
    amount.lastChild.appendChild(app.make('span', app.label('verification', l.verification), l.verification));
    box.appendChild(amount);
    box.appendChild(app.make('p', dimensions(l), 'soft'));
    box.appendChild(app.make('p', readings(l), 'soft'));
    box.appendChild(correctionForm(l));
    var list = app.make('ul', null, 'checks');
    checks.slice(0, shownChecks).forEach(function (c) { list.appendChild(checkItem(c, n)); });
    if (checks.length > shownChecks) list.appendChild(app.make('li', '+' + (checks.length - shownChecks)));
    box.appendChild(checks.length ? list : app.make('p', app.pick('没有勾稽关系涉及这个数字。', 'No identity involves this figure.'), 'soft'));
  };

  function correctionForm(l) {
    var form = document.createElement('form'), have = app.corrections[app.lineKey(l)];
    var value = document.createElement('input'), note = document.createElement('input'), button = app.make('button', app.pick('保存更正', 'Save correction'));
    value.name = 'new';
    value.placeholder = l.raw;
    value.inputMode = 'decimal';
    value.setAttribute('aria-label', app.pick('更正为（' + l.unit + '）', 'corrected amount (' + l.unit + ')'));
    note.name = 'note';
    note.placeholder = app.pick('说明', 'note');
    note.setAttribute('aria-label', note.placeholder);
    if (have) { value.value = have.value; note.value = have.note; }
    button.type = 'submit';
    var done = app.make('span', have ? app.pick('已记下', 'noted') : '', 'done');
    [app.make('label', app.pick('更正为', 'Should be')), value, app.make('span', l.unit), note, button, done].forEach(function (e) { form.appendChild(e); });
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      var text = value.value.trim();
      if (text && !/^[-−△▲(（]?[\d,，]+([.．]\d+)?[)）]?$/.test(text)) { done.textContent = app.pick('不是金额', 'not an amount'); done.className = 'bad'; return; }
      app.correct(l, text, note.value.trim());
      done.className = 'done';
      done.textContent = text ? app.pick('已记下', 'noted') : app.pick('已撤回', 'withdrawn');
    });
    return form;
  }

  var shownItems = 500;
  app.drawList = function () {
    var box = $('list');
    box.textContent = '';
    if (app.state.filter === 'all') return;
    var all = app.matching(app.state.filter), ul = app.make('ul');
    if (!all.length) { box.appendChild(app.make('p', app.pick('没有。', 'None.'), 'soft')); return; }
    all.slice(0, shownItems).forEach(function (m) {
      var item = app.make('li'), b = app.make('button'), l = m.line !== undefined ? app.doc().lines[m.line] : null, x = l ? null : app.doc().notes[m.note];
      b.type = 'button';
      b.appendChild(app.make('span', l ? [l.code, l.item].filter(Boolean).join(' ') : app.label('code', x.code)));
      b.appendChild(app.make('span', l ? l.raw : x.text, 'n'));
      b.appendChild(app.make('span', app.pick('第 ' + m.page + ' 页', 'p. ' + m.page), 'soft'));
      b.addEventListener('click', function () { if (l) app.showLine(m.line, false); else app.showNote(m.note); });
      item.appendChild(b);
      ul.appendChild(item);
    });
    box.appendChild(ul);
  };

  app.drawTables = function () {
    var box = $('tables'), doc = app.doc(), page = app.state.page, byCell = {}, prose = [];
    box.textContent = '';
    doc.lines.forEach(function (l, i) {
      if (l.table) byCell[l.table + ' ' + l.row + ' ' + l.col] = (byCell[l.table + ' ' + l.row + ' ' + l.col] || []).concat(i);
      else if (l.page === page) prose.push(i);
    });
    doc.tables.forEach(function (t) {
      if (page < t.first || page > t.last) return;
      box.appendChild(app.make('h3', (t.title || app.pick('表', 'Table') + ' ' + t.no) + (t.unit ? '（' + t.unit + '）' : '')));
      box.appendChild(grid(t, byCell, page));
    });
    if (prose.length) {
      box.appendChild(app.make('h3', app.pick('文字中的数字', 'Figures in the text')));
      var table = app.make('table');
      prose.forEach(function (i) {
        var row = table.insertRow(), l = doc.lines[i];
        row.appendChild(app.make('td', l.item));
        row.appendChild(number([i], l.raw));
        row.appendChild(app.make('td', l.unit));
      });
      box.appendChild(table);
    }
    if (!box.childNodes.length) box.appendChild(app.make('p', app.pick('这一页没有表格。', 'No table on this page.'), 'soft'));
    app.markTables();
  };
  function number(lines, text) {
    var td = app.make('td', null, 'number');
    lines.forEach(function (i) {
      var l = app.doc().lines[i], b = app.make('button', lines.length > 1 ? l.raw : text, l.verification);
      b.type = 'button';
      b.dataset.line = i;
      if (app.corrections[app.lineKey(l)]) b.classList.add('fixed');
      if (app.state.filter !== 'all' && l.verification !== app.state.filter) b.classList.add('dim');
      b.addEventListener('click', function () { app.showLine(i, false); });
      b.addEventListener('focus', function () { if (app.state.line !== i) app.showLine(i, false); });
      b.addEventListener('mouseenter', function () { hint(i, true); });
      b.addEventListener('mouseleave', function () { hint(i, false); });
      td.appendChild(b);
    });
    return td;
  }
  // hint shows the place of a figure while the pointer is on it, without leaving the chosen one.
  function hint(i, on) {
    var r = document.querySelector('#sheet rect[data-line="' + i + '"]');
    if (r && i !== app.state.line) r.classList.toggle('shown', on);
  }
  function grid(t, byCell, page) {
    var scroll = app.make('div', null, 'scroll'), table = app.make('table'), rows = {}, here = {};
    t.cells.forEach(function (c) { if (c.h || c.p === page) here[c.r] = true; });
    t.cells.forEach(function (c) {
      if (!here[c.r]) return;
      var lines = byCell[t.no + ' ' + c.r + ' ' + c.c];
      var cell = lines ? number(lines, c.t) : app.make(c.h ? 'th' : 'td', c.t);
      if (c.rs) cell.rowSpan = c.rs;
      if (c.cs) cell.colSpan = c.cs;
      (rows[c.r] = rows[c.r] || document.createElement('tr')).appendChild(cell);
    });
    for (var r = 0; r < t.rows; r++) if (rows[r]) table.appendChild(rows[r]);
    scroll.appendChild(table);
    return scroll;
  }
  app.markTables = function () {
    Array.prototype.forEach.call(document.querySelectorAll('#tables button[data-line]'), function (b) {
      b.classList.toggle('shown', +b.dataset.line === app.state.line);
    });
  };

  app.draw = function () { app.drawHeader(); app.drawPages(); app.drawSheet(); app.drawDetail(); app.drawList(); app.drawTables(); };
  app.drawChoice = function (turned) {
    app.drawHeader();
    app.drawDetail();
    if (turned) { app.drawPages(); app.drawSheet(); app.drawTables(); } else { app.markSheet(); app.markTables(); }
    var button = document.querySelector('#tables button.shown');
    if (button) {
      var a = button.getBoundingClientRect(), top = $('detail').getBoundingClientRect().bottom;
      if (a.top < top || a.bottom > innerHeight) window.scrollBy(0, a.top - top - Math.max(20, (innerHeight - top) / 3));
    }
  };

  // --- start ---
  app.data.documents.forEach(function (d, i) {
    var o = app.make('option', d.name);
    o.value = i;
    $('document').appendChild(o);
  });
  if (app.data.left) {
    var more = app.make('option', '+' + app.data.left + ' …');
    more.disabled = true;
    $('document').appendChild(more);
  }
  $('document').addEventListener('change', function () { app.choose(+this.value); });
  $('previous').addEventListener('click', function () { app.step(-1); });
  $('next').addEventListener('click', function () { app.step(1); });
  $('save').addEventListener('click', app.save);
  $('language').addEventListener('click', function () {
    app.setLanguage(root().dataset.lang === 'en' ? 'zh' : 'en');
    app.keep('language', root().dataset.lang);
    app.draw();
  });
  $('theme').addEventListener('click', function () {
    var dark = root().dataset.theme ? root().dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root().dataset.theme = dark ? 'light' : 'dark';
    app.keep('theme', root().dataset.theme);
  });
  document.addEventListener('keydown', function (event) {
    if (/INPUT|SELECT/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'j') app.step(1);
    if (event.key === 'k') app.step(-1);
  });
  addEventListener('hashchange', app.fromAddress);
  if (app.kept('theme')) root().dataset.theme = app.kept('theme');
  app.setLanguage(app.kept('language') || (/^zh/i.test(navigator.language || 'zh') ? 'zh' : 'en'));
  if (app.data.documents.length && !app.fromAddress()) {
    var doubtful = 0;
    app.data.documents.some(function (d, i) { doubtful = i; return d.lines.some(function (l) { return l.verification === 'contradicted'; }); }) || (doubtful = 0);
    app.choose(doubtful);
  }
  root().dataset.ready = 'true';
})(window.app);
