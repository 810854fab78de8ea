import {expect, it, vi} from 'vitest'
import {leaveToInputMethod} from './input-method.js'

/** What a listener of the field sees of a key that is pressed there. */
function press(key: string, how: {isComposing?: boolean; keyCode?: number}) {
  const form = document.createElement('form')
  const field = form.appendChild(document.createElement('input'))
  form.addEventListener('keydown', leaveToInputMethod, {capture: true})
  const listener = vi.fn()
  field.addEventListener('keydown', listener)
  const event = new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true})
  Object.defineProperties(event, {
    isComposing: {value: how.isComposing ?? false},
    keyCode: {value: how.keyCode ?? 13},
  })
  field.dispatchEvent(event)
  return {heard: listener.mock.calls.length === 1, sends: !event.defaultPrevented}
}

it.each([
  ['Enter while composing', 'Enter', {isComposing: true}, {heard: false, sends: false}],
  ['Enter that ends a composition in Safari', 'Enter', {keyCode: 229}, {heard: false, sends: false}],
  ['Escape while composing', 'Escape', {isComposing: true}, {heard: false, sends: true}],
  ['Enter', 'Enter', {}, {heard: true, sends: true}],
])('%s', (_, key, how, expected) => {
  expect(press(key, how)).toEqual(expected)
})
