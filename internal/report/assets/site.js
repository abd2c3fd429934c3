// Language, theme, search, sorting, download and charts. Everything here is an addition: without it the pages can be read.
(function () {
  'use strict';
  var root = document.documentElement, site = window.site || {};
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function keep(name, value) { try { localStorage.setItem('extract.' + name, value); } catch (e) { /* not remembered */ } }
  function language() { return root.dataset.lang; }
  function pick(zh, en) { return language() === 'en' ? en : zh; }

  // --- language and theme ---
  function translate() {
    all('[data-zh]').forEach(function (e) {
      var text = pick(e.dataset.zh, e.dataset.en);
      if (e.hasAttribute('placeholder')) e.setAttribute('placeholder', text);
      if (e.hasAttribute('aria-label')) e.setAttribute('aria-label', text);
      if (e.hasAttribute('title')) e.setAttribute('title', text);
      if (e.tagName === 'OPTION') e.textContent = text;
    });
  }
  document.getElementById('language').addEventListener('click', function () {
    root.dataset.lang = language() === 'en' ? 'zh' : 'en';
    root.lang = language() === 'en' ? 'en' : 'zh-CN';
    keep('language', language());
    translate();
    drawCharts();
  });
  function dark() {
    return root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }
  document.getElementById('theme').addEventListener('click', function () {
    root.dataset.theme = dark() ? 'light' : 'dark';
    keep('theme', root.dataset.theme);
    drawCharts();
  });

  // --- search ---
  var box = document.getElementById('search'), list = document.getElementById('found'), at = -1;
  function found(text) {
    var words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    return (site.search || []).filter(function (e) {
      var name = [e.n, e.in || ''].concat(e.also || []).join(' ').toLowerCase();
      return words.every(function (w) { return name.indexOf(w) >= 0; });
    }).slice(0, 12);
  }
  function show(entries) {
    list.textContent = '';
    at = -1;
    entries.forEach(function (e, i) {
      var item = document.createElement('li'), note = document.createElement('small');
      item.id = 'found-' + i;
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', 'false');
      item.textContent = e.n;
      note.textContent = [e.in].concat(e.also || []).filter(Boolean).join(' · ');
      item.appendChild(note);
      item.dataset.href = root.dataset.root + 'departments/' + e.p + '.html' + (e.k ? '#projects' : '');
      item.addEventListener('mousedown', function (event) { event.preventDefault(); location.href = item.dataset.href; });
      list.appendChild(item);
    });
    if (!entries.length && box.value.trim()) {
      var none = document.createElement('li');
      none.textContent = pick('没有找到', 'Nothing found');
      list.appendChild(none);
    }
    list.hidden = !box.value.trim();
    box.setAttribute('aria-expanded', String(!list.hidden));
    box.removeAttribute('aria-activedescendant');
  }
  function move(step) {
    var items = all('[role=option]', list);
    if (!items.length) return;
    at = (at + step + items.length) % items.length;
    items.forEach(function (item, i) { item.setAttribute('aria-selected', String(i === at)); });
    items[at].scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', items[at].id);
  }
  box.addEventListener('input', function () { show(found(box.value)); });
  box.addEventListener('keydown', function (event) {
    var items = all('[role=option]', list);
    if (event.key === 'ArrowDown') { move(1); event.preventDefault(); }
    if (event.key === 'ArrowUp') { move(-1); event.preventDefault(); }
    if (event.key === 'Enter' && items.length) { location.href = items[Math.max(at, 0)].dataset.href; event.preventDefault(); }
    if (event.key === 'Escape') { box.value = ''; show([]); }
  });
  box.addEventListener('blur', function () { list.hidden = true; box.setAttribute('aria-expanded', 'false'); });
  box.addEventListener('focus', function () { if (box.value.trim()) show(found(box.value)); });
  document.addEventListener('keydown', function (event) {
    if (event.key === '/' && !/INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) { box.focus(); event.preventDefault(); }
  });

  // --- tables ---
  function visible(cell) {
    var copy = cell.cloneNode(true);
    all('.mark, button', copy).forEach(function (e) { if (e.tagName === 'BUTTON') e.replaceWith.apply(e, Array.prototype.slice.call(e.childNodes)); else e.remove(); });
    all(language() === 'en' ? '.zh' : '.en', copy).forEach(function (e) { e.remove(); });
    return copy.textContent.replace(/\s+/g, ' ').trim();
  }
  function sortKey(row, column) {
    var cell = row.cells[column];
    var value = 'yuan' in cell.dataset ? cell.dataset.yuan : 'sort' in cell.dataset ? cell.dataset.sort : visible(cell).replace(/,/g, '');
    var number = parseFloat(String(value).replace('−', '-'));
    return value !== '' && isFinite(number) && /^[-−\d.]/.test(value) ? number : value === '' || value === '–' ? null : value;
  }
  function sort(table, head, column) {
    var up = head.getAttribute('aria-sort') === 'descending' || !head.hasAttribute('aria-sort') && !head.classList.contains('num');
    var order = new Intl.Collator('zh-CN', { numeric: true });
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
    all('th[aria-sort]', table).forEach(function (h) { h.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    rows.map(function (row, i) { return { row: row, key: sortKey(row, column), i: i }; }).sort(function (a, b) {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.i - b.i;
      var c = typeof a.key === 'number' && typeof b.key === 'number' ? a.key - b.key : order.compare(a.key, b.key);
      return (up ? c : -c) || a.i - b.i;
    }).forEach(function (e) { body.appendChild(e.row); });
  }
  all('table.sortable').forEach(function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      if (head.classList.contains('nosort')) return;
      var button = document.createElement('button');
      button.type = 'button';
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener('click', function () { sort(table, head, column); });
    });
  });

  // A cell that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers.
  function field(text) {
    if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) || text !== text.trim() ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
  function csv(table) {
    var lines = [];
    all('tr', table).forEach(function (row) {
      if (row.hidden) return;
      lines.push(Array.prototype.map.call(row.cells, function (cell) {
        return field('yuan' in cell.dataset ? cell.dataset.yuan : 'sort' in cell.dataset ? cell.dataset.sort : visible(cell));
      }).join(','));
    });
    return '\ufeff' + lines.join('\r\n') + '\r\n';
  }
  all('button.csv').forEach(function (button) {
    button.addEventListener('click', function () {
      var table = document.getElementById(button.dataset.table), link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([csv(table)], { type: 'text/csv;charset=utf-8' }));
      link.download = (document.title + '-' + table.dataset.name).replace(/[\\/:*?"<>|\s]+/g, '_') + '.csv';
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    });
  });
  all('form.filters').forEach(function (form) {
    var table = document.getElementById(form.dataset.table);
    function filter() {
      Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
        row.hidden = ['measure', 'phase'].some(function (name) {
          var want = form.elements[name].value;
          return want && row.dataset[name] !== want;
        });
      });
      drawCharts();
    }
    form.addEventListener('change', filter);
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    form.filter = filter;
  });

  // --- charts ---
  var names = {
    total_expenditure: ['支出合计', 'Total expenditure'], basic: ['基本支出', 'Basic'], project: ['项目支出', 'Project'],
    agency_operating: ['机关运行经费', 'Agency operating cost'], three_public_total: ['合计', 'Total'],
    three_public_abroad: ['因公出国（境）', 'Trips abroad'], three_public_reception: ['公务接待', 'Receptions'],
    three_public_purchase: ['公车购置', 'Vehicle purchase'], three_public_running: ['公车运行', 'Vehicle running'],
    three_public_vehicles: ['公车购置及运行', 'Vehicles'],
    approved: ['预算', 'Budget (approved)'], executed: ['决算', 'Accounts (executed)'], others: ['其他', 'Others']
  };
  function name(key) { return names[key] ? pick(names[key][0], names[key][1]) : key; }
  function escape(text) { return String(text).replace(/[&<>"']/g, function (c) { return '&#' + c.charCodeAt(0) + ';'; }); }
  function wan(yuan) { return (yuan / 1e4).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).replace('-', '−'); }
  var drawn = [], printing = false;

  function colours() {
    var style = getComputedStyle(root);
    function value(v) { return style.getPropertyValue(v).trim(); }
    return {
      ink: value('--ink'), soft: value('--soft'), rule: value('--rule'), paper: value('--paper'), bad: value('--bad'),
      approved: value('--approved'), executed: value('--executed'), others: value('--c0'),
      list: ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6'].map(value)
    };
  }
  function base(c, extra) {
    var font = getComputedStyle(document.body).fontFamily;
    var option = {
      animation: false, aria: { enabled: true }, textStyle: { fontFamily: font, color: c.ink },
      grid: { left: 4, right: 16, top: 40, bottom: 4, containLabel: true },
      legend: { top: 6, left: 0, itemWidth: 14, itemHeight: 9, itemGap: 16, icon: 'rect', textStyle: { color: c.soft, fontSize: 12 }, inactiveColor: c.rule },
      tooltip: { trigger: 'axis', confine: true, backgroundColor: c.paper, borderColor: c.rule, padding: [6, 10], textStyle: { color: c.ink, fontFamily: font, fontSize: 13 }, axisPointer: { type: 'line', lineStyle: { color: c.soft, width: 1 } } },
      xAxis: { type: 'category', axisTick: { show: false }, axisLine: { lineStyle: { color: c.soft } }, axisLabel: { color: c.soft, fontSize: 12 } },
      yAxis: { type: 'value', splitNumber: 4, axisLabel: { color: c.soft, fontSize: 12, formatter: function (v) { return v.toLocaleString('en-US').replace('-', '−'); } }, splitLine: { lineStyle: { color: c.rule } } }
    };
    Object.keys(extra).forEach(function (k) { option[k] = Object.assign({}, option[k], extra[k]); });
    if (extra.series) option.series = extra.series;
    return option;
  }
  function tip(title, rows) {
    return '<div class="charttip"><b>' + escape(title) + '</b><table>' + rows.map(function (r) {
      return '<tr><th>' + escape(r[0]) + '</th><td>' + escape(r[1]) + '</td></tr>';
    }).join('') + '</table></div>';
  }
  function said(point) {
    return !point ? '–' : wan(point.y) + (point.m === 'bad' ? ' ✕' : point.m === 'open' ? ' ○' : '');
  }
  function series(key) { return site.department.measures.filter(function (s) { return s.key === key; })[0]; }

  // ceiling bounds an axis where a contradicted figure would dwarf those that are sure: it is cut off there, and its amount is
  // written at the top. sure and all are the heights by year, in 万元.
  function ceiling(sure, all) {
    var high = Math.max.apply(null, sure.concat(0));
    if (!high || Math.max.apply(null, all) <= 2.5 * high) return null;
    var step = Math.pow(10, Math.floor(Math.log10(high / 2)));
    [5, 2].some(function (n) { if (high / (n * step) >= 2) { step *= n; return true; } return false; });
    return step * (Math.floor(high / step) + 1);
  }
  function cutOff(c, max, all) {
    return {
      type: 'line', silent: true, symbol: 'circle', symbolSize: 1, showSymbol: true, z: 5, color: c.bad, lineStyle: { width: 0 },
      data: all.map(function (v) {
        if (v <= max) return null;
        return { value: max, label: { show: true, position: 'bottom', color: c.bad, backgroundColor: c.paper, padding: [2, 4], fontSize: 11, formatter: '✕ ' + wan(v * 1e4) + ' ↑' } };
      })
    };
  }
  function heights(rows, count, keep) {
    var sums = [];
    for (var i = 0; i < count; i++) sums.push(rows.reduce(function (n, points) { return n + (points[i] && keep(points[i]) ? points[i].y / 1e4 : 0); }, 0));
    return sums;
  }
  function isSure(point) { return point.m !== 'bad'; }
  function any() { return true; }

  // Approved and executed are two lines, never one; a missing year breaks the line.
  function lines(element, c) {
    var years = site.department.years, s = series(element.dataset.measures);
    var phases = ['approved', 'executed'].filter(function (p) { return s.points[p].some(Boolean); });
    if (!phases.length) return null;
    var sure = [], all = years.map(function () { return 0; });
    phases.forEach(function (p) {
      sure = sure.concat(heights([s.points[p]], years.length, isSure));
      heights([s.points[p]], years.length, any).forEach(function (v, i) { all[i] = Math.max(all[i], v); });
    });
    var max = ceiling(sure, all);
    return base(c, {
      xAxis: { data: years.map(String), boundaryGap: true },
      yAxis: max ? { min: 0, max: max } : { min: 0 },
      tooltip: { formatter: function (at) {
        return tip(years[at[0].dataIndex], phases.map(function (p) { return [name(p), said(s.points[p][at[0].dataIndex])]; }));
      } },
      series: phases.map(function (p) {
        return {
          name: name(p), type: 'line', connectNulls: false, symbol: p === 'approved' ? 'rect' : 'circle', symbolSize: 7, showSymbol: true,
          color: c[p], lineStyle: { width: 2, type: p === 'approved' ? 'solid' : [5, 3] }, emphasis: { disabled: true },
          data: s.points[p].map(function (point) {
            if (!point) return null;
            return { value: point.y / 1e4, itemStyle: point.m ? { color: c.paper, borderColor: point.m === 'bad' ? c.bad : c[p], borderWidth: 2 } : { color: c[p] } };
          })
        };
      }).concat(max ? cutOff(c, max, all) : [])
    });
  }

  // A figure that is not sure is not drawn in full colour.
  function faded(colour) {
    var hex = /^#(..)(..)(..)$/.exec(colour);
    return hex ? 'rgba(' + hex.slice(1).map(function (x) { return parseInt(x, 16); }).join(',') + ',.3)' : 'transparent';
  }

  // legendRows estimates how many lines a legend takes: Chinese characters are twice as wide as others.
  function legendRows(element, rows) {
    var left = element.clientWidth, n = 1;
    rows.forEach(function (r) {
      var width = 34 + 6.4 * r.name.replace(/[^\x00-\xff]/g, 'xx').length;
      if (width > left) { n++; left = element.clientWidth; }
      left -= width;
    });
    return n;
  }
  function bars(element, c, years, rows, percent) {
    var sums = years.map(function (_, i) { return rows.reduce(function (n, r) { return n + (r.points[i] ? +r.points[i].y : 0); }, 0); });
    var points = rows.map(function (r) { return r.points; }), all = heights(points, years.length, any);
    var max = percent ? null : ceiling(heights(points, years.length, isSure), all);
    return base(c, {
      grid: { top: 22 + 20 * legendRows(element, rows) },
      xAxis: { data: years.map(String) },
      yAxis: percent ? { max: 100, interval: 25 } : max ? { max: max } : {},
      tooltip: { axisPointer: { type: 'none' }, formatter: function (at) {
        var i = at[0].dataIndex;
        return tip(years[i], rows.filter(function (r) { return r.points[i]; }).map(function (r) {
          return [r.name, said(r.points[i]) + (percent && sums[i] ? '　' + (100 * r.points[i].y / sums[i]).toFixed(1) + ' %' : '')];
        }));
      } },
      series: rows.map(function (r) {
        return {
          name: r.name, type: 'bar', stack: 'all', barMaxWidth: 34, color: r.color, emphasis: { disabled: true },
          data: r.points.map(function (point, i) {
            if (!point) return null;
            var bar = { value: percent ? (sums[i] ? 100 * point.y / sums[i] : 0) : point.y / 1e4 };
            if (point.m) bar.itemStyle = { color: faded(r.color), borderColor: point.m === 'bad' ? c.bad : c.soft, borderWidth: 1.5, borderType: 'dashed' };
            return bar;
          })
        };
      }).concat(max ? cutOff(c, max, all) : [])
    });
  }
  function stack(element, c) {
    var phase = element.dataset.phase, rows = [];
    element.dataset.measures.split(' ').forEach(function (key, i) {
      var s = series(key);
      if (s && s.points[phase].some(Boolean)) rows.push({ name: name(key), color: c.list[i % 6], points: s.points[phase] });
    });
    return rows.length ? bars(element, c, site.department.years, rows, false) : null;
  }
  function mix(element, c) {
    var phase = element.dataset.phase, years = site.department.years, rows = [];
    site.department.mix.forEach(function (s, i) {
      if (i < 5) { rows.push({ name: s.name, color: c.list[i], points: s.points[phase] }); return; }
      if (i === 5) rows.push({ name: name('others'), color: c.others, points: years.map(function () { return null; }) });
      var rest = rows[5].points;
      s.points[phase].forEach(function (p, k) {
        if (p) rest[k] = { y: (rest[k] ? +rest[k].y : 0) + +p.y, m: p.m || (rest[k] && rest[k].m) };
      });
    });
    rows = rows.filter(function (r) { return r.points.some(Boolean); });
    return rows.length ? bars(element, c, years, rows, true) : null;
  }
  function changes(element, c) {
    var rows = all('#changes-table tbody tr').filter(function (r) { return !r.hidden; }).map(function (r) {
      return { label: r.dataset.label, measure: r.dataset.measure, phase: r.dataset.phase, value: +r.querySelector('.diff').dataset.yuan / 1e4 };
    }).sort(function (a, b) { return Math.abs(b.value) - Math.abs(a.value); }).slice(0, 12).reverse();
    if (!rows.length) return null;
    return base(c, {
      grid: { top: 8, right: 72 }, legend: { show: false },
      xAxis: { type: 'value', axisLine: { show: false }, splitLine: { lineStyle: { color: c.rule } }, axisLabel: { color: c.soft, fontSize: 12, hideOverlap: true, formatter: function (v) { return v.toLocaleString('en-US').replace('-', '−'); } } },
      yAxis: { type: 'category', data: rows.map(function (r) { return r.label; }), axisTick: { show: false }, axisLabel: { color: c.ink, fontSize: 12 }, axisLine: { show: false }, splitLine: { show: false } },
      tooltip: { axisPointer: { type: 'none' }, formatter: function (at) {
        var r = rows[at[0].dataIndex];
        return tip(r.label, [[name(r.measure) + ' · ' + name(r.phase), wan(r.value * 1e4)]]);
      } },
      series: [{
        type: 'bar', barMaxWidth: 16, emphasis: { disabled: true },
        data: rows.map(function (r) {
          return { value: r.value, itemStyle: { color: c[r.phase] }, label: { show: true, position: 'right', color: c.ink, fontSize: 11, formatter: function () { return (r.value > 0 ? '+' : '') + wan(r.value * 1e4); } } };
        })
      }]
    });
  }
  var kinds = { lines: lines, stack: stack, mix: mix, changes: changes };

  function drawCharts() {
    if (!window.echarts) return;
    var c = colours();
    drawn.forEach(function (chart) { chart.dispose(); });
    drawn = [];
    all('.chart').forEach(function (element) {
      var option = kinds[element.dataset.chart](element, c);
      element.textContent = '';
      element.classList.toggle('empty', !option);
      if (!option) { element.textContent = pick('没有数据', 'No data'); element.style.height = 'auto'; return; }
      element.style.height = '';
      if (element.dataset.chart === 'changes') element.style.height = 60 + 24 * option.yAxis.data.length + 'px';
      var chart = echarts.init(element, null, { renderer: 'svg' });
      chart.setOption(option);
      element.setAttribute('role', 'img');
      var caption = element.parentNode.querySelector('h2');
      element.setAttribute('aria-label', (caption ? visible(caption) : '') + ' ' + pick('（数字见下表）', '(figures in the table below)'));
      drawn.push(chart);
    });
  }
  var waiting;
  addEventListener('resize', function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () { if (!printing) drawn.forEach(function (chart) { chart.resize(); }); }, 120);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawCharts);
  addEventListener('beforeprint', function () { printing = root.dataset.theme || 'system'; root.dataset.theme = 'light'; drawCharts(); });
  addEventListener('afterprint', function () {
    if (printing === 'system') delete root.dataset.theme; else root.dataset.theme = printing;
    printing = false;
    drawCharts();
  });

  translate();
  var forms = all('form.filters');
  if (forms.length) forms.forEach(function (form) { form.filter(); }); else drawCharts();
  root.dataset.ready = 'true';
})();
