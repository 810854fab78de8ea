import {css} from 'lit'

export const styles = css`
  :host {
    display: block;
    margin: 0.6rem 0;
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 0.7);
    background: var(--surface);
    overflow: hidden;
    line-height: 1.45;
    --keyword: var(--keyswitch-code-keyword, light-dark(#7b2fb5, #d0a5ff));
    --string: var(--keyswitch-code-string, light-dark(#116a3b, #6fd39b));
    --value: var(--keyswitch-code-value, light-dark(#9a4300, #ffb27a));
    --name: var(--keyswitch-code-name, light-dark(#0b57a4, #86c5ff));
  }

  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-inline-start: 0.8rem;
    color: var(--muted);
    font-size: 0.8em;
  }

  pre {
    margin: 0;
    padding: 0 0.8rem 0.8rem;
    overflow-x: auto;
    font:
      0.875em ui-monospace,
      'SF Mono',
      Menlo,
      Consolas,
      monospace;
    tab-size: 4;
  }

  .keyword {
    color: var(--keyword);
  }

  .string {
    color: var(--string);
  }

  .value {
    color: var(--value);
  }

  .name {
    color: var(--name);
  }

  .comment {
    color: var(--muted);
    font-style: italic;
  }

  .added {
    color: var(--good);
  }

  .removed {
    color: var(--danger);
  }
`
