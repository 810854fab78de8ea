import {createApp} from 'vue'
import Chat from './Documented.vue'

const onThread = (threadId) => (document.title = threadId)
createApp(Chat, {getToken: globalThis.getToken, threadId: '', onThread}).mount(document.body)
