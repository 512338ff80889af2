// The console works without this file. It keeps ages and countdowns right, and pages fresh.
(() => {
  'use strict';
  const body = document.body;
  const skew = Date.parse(body.dataset.now) - Date.now();
  const now = () => Date.now() + skew;

  const rough = (ms) => {
    const s = Math.max(Math.floor(ms / 1000), 0);
    if (s < 60) return s + ' s';
    if (s < 3600) return Math.floor(s / 60) + ' min';
    return s < 172800 ? Math.floor(s / 3600) + ' h' : Math.floor(s / 86400) + ' d';
  };
  const age = (at) => {
    const ms = now() - at;
    if (Math.abs(ms) < 1000) return 'now';
    return ms < 0 ? 'in ' + rough(-ms) : rough(ms) + ' ago';
  };
  const left = (at) => {
    const s = Math.ceil((at - now()) / 1000);
    if (s <= 0) return 'time is over';
    if (s >= 3600) return 'expires in ' + rough(s * 1000);
    return 'expires in ' + Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0');
  };
  const put = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
  };
  const tick = () => {
    document.querySelectorAll('time .age').forEach((node) => put(node, age(Date.parse(node.parentNode.dateTime))));
    document.querySelectorAll('time[data-due]').forEach((node) => {
      const at = Date.parse(node.dateTime);
      put(node, left(at));
      node.classList.toggle('soon', at - now() < 120000);
    });
  };
  setInterval(tick, 1000);
  tick();

  if (location.search.includes('said=') || location.pathname === '/setup') {
    history.replaceState(null, '', location.pathname);
  }

  if (!body.dataset.live || !window.EventSource) return;

  // Fragments: those that changed are taken from a fresh copy of this page, unless somebody writes in them.
  const busy = (part) =>
    part.contains(document.activeElement) && document.activeElement.matches('input, textarea, select, button, summary') ||
    [...part.querySelectorAll('textarea')].some((field) => field.value !== field.defaultValue);
  const text = (part) => part.textContent.replace(/\s+/g, ' ');
  const freshen = (page) => {
    document.querySelectorAll('[data-fresh]').forEach((part) => {
      const next = page.getElementById(part.id);
      if (!next || busy(part)) return;
      const open = part.querySelectorAll('details');
      next.querySelectorAll('details').forEach((details, i) => { if (open[i] && open[i].open) details.open = true; });
      part.replaceWith(document.adoptNode(next));
    });
    const nav = page.querySelector('header .wide');
    const bar = document.querySelector('header .wide');
    if (nav && text(nav) !== text(bar) && !bar.contains(document.activeElement)) bar.replaceWith(document.adoptNode(nav));
    tick();
  };
  let wanted = false;
  let running = false;
  const refresh = async () => {
    wanted = true;
    if (running || document.hidden) return;
    running = true;
    while (wanted) {
      wanted = false;
      try {
        const answer = await fetch(location.href, { credentials: 'same-origin', headers: { Accept: 'text/html' } });
        if (answer.ok && !answer.redirected) freshen(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      } catch (e) { /* the stream tells when the service is gone */ }
      await new Promise((done) => setTimeout(done, 700));
    }
    running = false;
  };

  const timeline = document.getElementById('timeline');
  const live = timeline && !location.search.includes('before=');
  const line = (event) => {
    if (live && !document.getElementById('l' + event.lastEventId)) {
      timeline.insertAdjacentHTML('afterbegin', event.data);
      timeline.firstElementChild.classList.add('new');
      timeline.dataset.last = event.lastEventId;
      while (timeline.children.length > 300) timeline.lastElementChild.remove();
    }
    refresh();
  };
  const link = document.getElementById('link');
  const say = (words) => { if (link) put(link, words); };
  let source = null;
  // A browser has six connections to a site: a page nobody looks at gives its one back.
  const listen = () => {
    if (document.hidden || source && source.readyState !== EventSource.CLOSED) return;
    const after = timeline ? '&after=' + timeline.dataset.last : '';
    source = new EventSource(body.dataset.live + after);
    source.addEventListener('line', line);
    source.addEventListener('changed', refresh);
    source.onopen = () => say('Live.');
    source.onerror = () => {
      say('Not live: reload to see what is new.');
      if (source.readyState === EventSource.CLOSED) setTimeout(() => { refresh(); listen(); }, 15000);
    };
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      if (source) source.close();
    } else {
      refresh();
      listen();
    }
  });
  addEventListener('pagehide', () => { if (source) source.close(); });
  addEventListener('pageshow', listen);
  listen();
})();
