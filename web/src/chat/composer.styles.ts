import {css} from 'lit'

export const styles = css`
  :host {
    display: block;
  }

  /* Room for outlines within what scrolls, without moving the first button. */
  .options {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    max-height: min(9.5rem, 22dvh);
    margin: 0 -3px;
    overflow-y: auto;
    padding: 3px;
  }

  /* Beside the answers if these are few. */
  .flow {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.25rem 0.5rem;
    margin-bottom: 0.6rem;
  }

  .ways-out {
    display: flex;
    gap: 0.5rem;
    padding-block: 3px;
  }

  /* On a phone that lies on its side the question needs the room: one row, answers to be scrolled through. */
  @media (max-height: 32rem) {
    .flow {
      flex-wrap: nowrap;
    }

    .options {
      flex: 0 1 auto;
      flex-wrap: nowrap;
      min-width: 0;
      overflow: auto hidden;
    }

    .options .button {
      flex: none;
    }
  }

  form {
    display: flex;
    align-items: flex-end;
    gap: 0.4rem;
    padding: 0.4rem;
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 1.7);
    background: var(--background);
    box-shadow: 0 2px 14px rgb(0 0 0 / 0.06);
  }

  form:focus-within {
    border-color: var(--accent);
  }

  form.secret {
    border-color: var(--accent);
    background: color-mix(in srgb, var(--accent) 6%, var(--background));
  }

  .entry {
    flex: 1;
    min-width: 0;
    display: grid;
  }

  textarea,
  input,
  .mirror {
    grid-area: 1 / 1;
    width: 100%;
    max-height: 12rem;
    padding: 0.5rem 0.8rem;
    border: 0;
    outline: 0;
    background: transparent;
    font-size: max(1em, 16px);
    line-height: 1.5;
  }

  :is(textarea, input):focus-visible {
    outline: 0;
  }

  textarea {
    resize: none;
    overflow-y: auto;
  }

  /* As high as the text, for the textarea to fill. */
  .mirror {
    visibility: hidden;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    overflow: hidden;
  }

  ::placeholder {
    color: var(--muted);
    opacity: 1;
  }

  .send {
    background: var(--accent);
    color: var(--on-accent);
  }

  .send:hover:not(:disabled) {
    background: color-mix(in srgb, var(--accent) 88%, var(--text));
    color: var(--on-accent);
  }

  .hint {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    margin-block: 0 0.5rem;
    margin-inline: 0.6rem 0;
    color: var(--muted);
    font-size: 0.85em;
  }

  .hint svg {
    flex: none;
  }
`
