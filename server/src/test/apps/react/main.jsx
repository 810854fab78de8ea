import {createRoot} from 'react-dom/client'
import {Chat} from './Documented'

const onThread = (threadId) => (document.title = threadId)
createRoot(document.body).render(<Chat getToken={globalThis.getToken} threadId="" onThread={onThread} />)
