import {html, svg, type TemplateResult} from 'lit'

function icon(path: TemplateResult): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true">${path}</svg>`
}

/** An icon that is mirrored where text runs from right to left. */
function directed(path: TemplateResult): TemplateResult {
  return html`<svg class="directed" viewBox="0 0 24 24" aria-hidden="true">${path}</svg>`
}

export const icons = {
  send: icon(svg`<path d="M12 19V5m-6 6 6-6 6 6" />`),
  alert: icon(svg`<path d="M12 4 2.8 20h18.4ZM12 10v4.5m0 2.7v.1" />`),
  unfold: icon(svg`<path d="m7 10 5 5 5-5" />`),
  down: icon(svg`<path d="M12 5v14m-6-6 6 6 6-6" />`),
  stop: icon(svg`<rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor" stroke="none" />`),
  menu: directed(svg`<path d="M4 7h16M4 12h16M4 17h10" />`),
  add: icon(svg`<path d="M12 5v14M5 12h14" />`),
  remove: icon(svg`<path d="M5 7h14M10 7V5h4v2m-7 0 1 12h8l1-12" />`),
  copy: icon(svg`<rect x="9" y="9" width="11" height="11" rx="2" /><path d="M5 15V6a2 2 0 0 1 2-2h8" />`),
  check: icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5" />`),
  retry: icon(svg`<path d="M19 12a7 7 0 1 1-2-5l2 2m0-5v5h-5" />`),
  key: icon(svg`<circle cx="8" cy="14" r="4" /><path d="m11 11 8-8m-3 3 3 3m-6 0 2 2" />`),
  close: icon(svg`<path d="m6 6 12 12M18 6 6 18" />`),
  outside: directed(svg`<path d="M14 5h5v5m0-5-8 8M10 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-4" />`),
}
