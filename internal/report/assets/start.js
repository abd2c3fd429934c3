// Sets language and theme before the page is painted. Storage may be forbidden on pages opened from disk.
(function () {
  'use strict';
  var root = document.documentElement, kept = {};
  try { kept = { language: localStorage.getItem('extract.language'), theme: localStorage.getItem('extract.theme') }; } catch (e) { /* not remembered */ }
  var language = kept.language || (/^zh/i.test(navigator.language || 'zh') ? 'zh' : 'en');
  root.dataset.lang = language === 'en' ? 'en' : 'zh';
  root.lang = language === 'en' ? 'en' : 'zh-CN';
  if (kept.theme === 'dark' || kept.theme === 'light') root.dataset.theme = kept.theme;
})();
