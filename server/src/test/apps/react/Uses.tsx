import 'keyswitch-web/react'
import {type KeyswitchChat} from 'keyswitch-web/react'
import {createRef} from 'react'

const chat = createRef<KeyswitchChat>()

export const right = (
  <>
    <keyswitch-chat ref={chat} className="chat" key="1" lang="de" singleThread getToken={null} />
    <keyswitch-settings endpoint="" labels={{key: {own: 'your key'}}} onkeyswitch-config-changed={() => undefined} />
  </>
)

export const wrong = (
  <>
    {/* @ts-expect-error: unknown property */}
    <keyswitch-chat unknown="" />
    {/* @ts-expect-error: only the chat has threads */}
    <keyswitch-settings threadId="" />
    {/* @ts-expect-error: a token, not a function that returns it */}
    <keyswitch-chat getToken="token" />
    {/* @ts-expect-error: the id may be null */}
    <keyswitch-chat onkeyswitch-thread-changed={(event) => event.detail.threadId.length} />
    {/* @ts-expect-error: unknown detail */}
    <keyswitch-chat onkeyswitch-thread-changed={(event) => event.detail.thread} />
    {/* @ts-expect-error: another event */}
    <keyswitch-chat onkeyswitch-thread-changed={(event: KeyboardEvent) => event.key} />
  </>
)
