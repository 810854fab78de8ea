import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('hi')

export const hi: Labels = {
  common: {
    loading: 'लोड हो रहा है…',
    tryAgain: 'फिर कोशिश करें',
    tryNow: 'अभी कोशिश करें',
    tryingAgain: (problem) => `${problem} फिर कोशिश हो रही है…`,
  },

  chat: {
    region: 'चैट',
    loading: 'बातचीत लोड हो रही है',
    note: 'मॉडलों से ग़लती हो सकती है। आपकी API key उन्हें कभी नहीं दिखाई जाती।',
    placeholder: 'संदेश लिखें',
    placeholderSignedOut: 'संदेश लिखने के लिए साइन इन करें',
    closeThreads: 'सूची बंद करें',
    yourModel: 'आपका मॉडल:',
    chooseModel: 'मॉडल चुनें',
  },

  welcome: {
    title: 'किस बारे में बात करना चाहेंगे?',
    invitation: 'यहाँ आपकी पसंद का मॉडल जवाब देता है, डिफ़ॉल्ट key से या आपकी अपनी key से। इसे कभी भी बदला जा सकता है, बस लिख दें।',
    suggestions: [
      'मुझे मॉडल बदलना है',
      'अभी कौन सा मॉडल चल रहा है?',
      'मेरी अपनी key से Claude चलाएँ',
      'Python में एक छोटा प्रोग्राम लिखें',
    ],
    signedOutTitle: 'आपने साइन इन नहीं किया है',
    signedOut: 'साइन इन करने पर आपकी चैट और आपका मॉडल यहाँ दिखेंगे।',
    goneTitle: 'यह चैट यहाँ नहीं है',
    gone: 'इसे हटा दिया गया है, या यह किसी दूसरे अकाउंट की है। आपके अगले संदेश से नई चैट शुरू होगी।',
  },

  threads: {
    list: 'आपकी चैट',
    loading: 'आपकी चैट लोड हो रही हैं',
    create: 'नई चैट',
    older: 'पुरानी चैट',
    delete: (title) => `“${title}” हटाएँ`,
    confirmLabel: 'यह चैट हटाएँ?',
    confirm: 'यह चैट हमेशा के लिए हटाएँ?',
    confirmYes: 'हटाएँ',
    notDeleted: (problem) => `चैट नहीं हटाई गई। ${problem}`,
  },

  log: {
    conversation: 'बातचीत',
    earlier: 'पिछले संदेश',
    toEnd: 'आख़िरी संदेश पर जाएँ',
  },

  message: {
    user: 'आप:',
    keyEnding: (hint) => `[${hint} पर ख़त्म होने वाली API key]`,
    notStored: '[सेव नहीं किया गया: इसमें API key हो सकती थी]',
    assistant: 'जवाब:',
    waiting: 'जवाब आ रहा है',
    copy: 'जवाब कॉपी करें',
    copyOwn: 'अपना संदेश कॉपी करें',
    keyswitch: 'Keyswitch',
    stopped: 'रोक दिया गया।',
    incomplete: 'यह जवाब अधूरा है।',
    unanswered: 'इस संदेश का जवाब नहीं मिला।',
    reconnecting: 'कनेक्शन टूट गया है। फिर कोशिश हो रही है…',
  },

  composer: {
    message: 'संदेश',
    key: 'API key',
    keyPlaceholder: 'अपनी API key पेस्ट करें',
    hidden: 'लिखते समय यह छिपी रहती है, और बातचीत में नहीं रखी जाती।',
    looksLikeKey: 'यह API key जैसी लगती है, इसलिए इसे छिपा दिया गया है और सेव नहीं किया जाएगा।',
    send: 'भेजें',
    stop: 'जवाब रोकें',
    answers: 'चुनने के लिए जवाब',
    suggestions: 'सुझाव',
    back: 'वापस',
    cancel: 'रद्द करें',
  },

  markdown: {
    table: 'टेबल',
    picture: 'तस्वीर',
    copyCode: 'कोड कॉपी करें',
  },

  copy: {
    copy: 'कॉपी करें',
    copied: 'कॉपी हो गया',
    blocked: 'ब्राउज़र ने कॉपी नहीं करने दिया। टेक्स्ट को चुनकर ख़ुद कॉपी करें।',
  },

  dialog: {
    keep: 'रहने दें',
  },

  key: {
    own: 'आपकी key',
    ownEnding: (hint) => `आपकी key ••••${hint}`,
    project: 'डिफ़ॉल्ट key',
  },

  payer: {
    own: (hint) => `भुगतान आपकी अपनी key ••••${hint} से होता है।`,
    app: 'ख़र्च ऐप उठाता है, डिफ़ॉल्ट key से।',
  },

  settings: {
    loading: 'सेटिंग लोड हो रही है',
    signedOutTitle: 'आपने साइन इन नहीं किया है।',
    signedOut: 'साइन इन करने पर आप यहाँ अपना मॉडल और अपनी key सेट कर सकेंगे।',
    change: 'मॉडल बदलें',
    provider: 'प्रोवाइडर',
    defaultOrOwnKey: 'डिफ़ॉल्ट या अपनी key',
    ownKey: 'अपनी key',
    inUse: 'इस्तेमाल में',
    keys: 'आपकी keys',
    keysHelp: 'हर प्रोवाइडर के लिए एक, एन्क्रिप्ट करके सेव की हुई। मॉडल बदलने पर भी ये बनी रहती हैं।',
    threadModels: 'अलग मॉडल वाली चैट',
    tokens: 'पर्सनल टोकन',
    tokensHelp:
      'OpenAI का प्रोटोकॉल इस्तेमाल करने वाले प्रोग्रामों के लिए: वे API key की जगह टोकन भेजते हैं, और आपका मॉडल जवाब देता है।',
  },

  currentModel: {
    region: 'आपका मौजूदा मॉडल',
    messagesGoTo: 'आपके संदेश यहाँ जाते हैं',
    none: 'अभी कोई मॉडल नहीं',
    chooseOne: 'नीचे से कोई एक चुनें।',
    toDefault: 'डिफ़ॉल्ट पर लौटें',
    confirmLabel: 'क्या आप वाक़ई ऐसा करना चाहते हैं?',
    defaultAnswers: 'इसके बाद डिफ़ॉल्ट मॉडल जवाब देगा।',
    noneAnswers: 'इसके बाद जब तक आप मॉडल नहीं चुनते, कोई मॉडल जवाब नहीं देगा।',
    deleted: 'हो गया। डिफ़ॉल्ट फिर से लागू है।',
  },

  choice: {
    whoPays: 'ख़र्च कौन उठाएगा',
    defaultKey: 'डिफ़ॉल्ट key',
    defaultKeyDetail: 'ख़र्च ऐप उठाता है, हर दिन की एक सीमा के साथ',
    ownKey: 'अपनी key',
    ownKeyDetail: 'प्रोवाइडर को पैसे आप देते हैं, हर दिन की सीमा के बिना',
    key: (provider) => `${provider} की API key`,
    keyStored: (hint) => `सेव की हुई: ••••${hint}। इसे ही रखने के लिए ख़ाली छोड़ें`,
    keyBegins: (prefix) => `${prefix} से शुरू होती है`,
    keyPlaceholder: 'अपनी key पेस्ट करें',
    keyHelp: (provider) =>
      `इसे एन्क्रिप्ट करके सेव किया जाता है, सिर्फ़ ${provider} के लिए इस्तेमाल किया जाता है और दोबारा कभी नहीं दिखाया जाता।`,
    getKey: 'key पाएँ',
    save: 'सेव करें',
    checkAndSave: 'जाँचकर सेव करें',
    checking: 'जाँच हो रही है…',
    saved: (warning) => `सेव हो गया। ${warning}`,
    answersNow: (provider, modelId, payer) => `अब ${provider} का ${modelId} जवाब देगा। ${payer}`,
    stillHere: (problem) => `${problem} आपका लिखा हुआ यहीं है।`,
    accountId: 'अकाउंट आईडी',
    accountMissing: (label) => `कृपया ${label} डालें।`,
    accountWrong: (label) => `यह ${label} जैसा नहीं लगता। कृपया इसे जाँच लें।`,
    keyMissing: (provider) => `कृपया अपनी ${provider} की API key पेस्ट करें।`,
    modelMissing: 'कृपया कोई मॉडल चुनें, या उसकी आईडी लिखें।',
  },

  modelField: {
    label: 'मॉडल',
    example: (modelId) => `जैसे ${modelId}`,
    all: 'सभी मॉडल',
    suggestions: 'सुझाव',
    looking: 'मॉडल खोजे जा रहे हैं…',
    any: 'आप कोई भी मॉडल आईडी लिख सकते हैं।',
    noneListed: 'प्रोवाइडर मॉडलों की सूची नहीं देता। आप कोई भी मॉडल आईडी लिख सकते हैं।',
    notListed: 'मॉडलों की सूची अभी नहीं मिल रही है। आप फिर भी कोई भी मॉडल आईडी लिख सकते हैं।',
    listed: (count, key) => {
      const whose = {given: 'आपकी key', stored: 'आपकी सेव की हुई key', project: 'डिफ़ॉल्ट key'}[key]
      return `${whose} के लिए ${formats.number(count)} मॉडल। आप कोई दूसरी आईडी भी लिख सकते हैं।`
    },
    contextWindow: (tokens) => `${formats.compact(tokens)} टोकन`,
  },

  keys: {
    list: 'आपकी keys',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const chats = `अलग मॉडल वाली ${formats.number(threads)} चैट`
      if (byDefault) return threads > 0 ? `इस्तेमाल में है, ${chats} में भी।` : 'इस्तेमाल में है।'
      return threads > 0 ? `${chats} में इस्तेमाल हो रही है।` : 'इस्तेमाल में नहीं है।'
    },
    saved: (at) => `${formats.moment(at)} को सेव की गई।`,
    verdict: (word) =>
      ({
        invalid: 'पिछली जाँच में प्रोवाइडर ने इसे मान्य नहीं माना।',
        unknown_account: 'पिछली जाँच में प्रोवाइडर पर इसका अकाउंट नहीं मिला।',
        no_credit: 'पिछली जाँच में इसके अकाउंट का बैलेंस ख़त्म था।',
        unreachable: 'अभी तक जाँच नहीं हुई: प्रोवाइडर से कनेक्ट नहीं हो पाया।',
        key_leaked: 'लीक होने की सूचना मिलने पर प्रोवाइडर ने यह key बंद कर दी है। कृपया वहाँ नई key बनाएँ।',
        key_expired: 'यह key एक्सपायर हो चुकी है। कृपया प्रोवाइडर के यहाँ नई key बनाएँ।',
        account_suspended: 'प्रोवाइडर ने यह key या इसका अकाउंट निलंबित कर दिया है। कारण वहाँ आपके अकाउंट में दिखेगा।',
        key_restricted:
          'इस key पर लगी पाबंदियों की वजह से यह यहाँ इस्तेमाल नहीं हो सकती। कृपया प्रोवाइडर के यहाँ key की पाबंदियाँ बदलें।',
        api_disabled: 'इस key के प्रोजेक्ट में प्रोवाइडर की API चालू नहीं है। कृपया उसे वहाँ चालू करें।',
        region: 'यह सर्वर जहाँ है, वहाँ प्रोवाइडर की सेवा उपलब्ध नहीं है।',
      })[word] ?? '',
    delete: 'हटाएँ',
    deleteNamed: (provider) => `${provider} की key हटाएँ`,
    confirmLabel: (provider) => `${provider} की key हटाएँ?`,
    confirmYes: 'हमेशा के लिए हटाएँ',
    consequence: 'इसे इस्तेमाल करने वाली चैट डिफ़ॉल्ट पर लौट जाएँगी।',
  },

  threadModels: {
    list: 'अलग मॉडल वाली चैट',
    untitled: 'नई चैट',
    likeOthers: 'अपना सामान्य मॉडल इस्तेमाल करें',
    likeOthersNamed: (title) => `“${title}” में अपना सामान्य मॉडल इस्तेमाल करें`,
  },

  tokens: {
    baseUrl: 'बेस URL',
    list: 'आपके टोकन',
    name: 'टोकन का नाम',
    namePlaceholder: 'यह किसके लिए है? जैसे: मेरा एडिटर',
    create: 'टोकन बनाएँ',
    copyNow: 'टोकन अभी कॉपी करें:',
    shownOnce: 'यह दोबारा नहीं दिखाया जाएगा।',
    done: 'हो गया',
    made: (created) => `${formats.moment(created)} को बनाया गया`,
    revoke: 'रद्द करें',
    revokeNamed: (name) => `टोकन “${name}” रद्द करें`,
    confirmLabel: (name) => `टोकन “${name}” रद्द करें?`,
    confirmYes: 'हमेशा के लिए रद्द करें',
  },

  connection: {
    unreachable: 'Keyswitch से कनेक्ट नहीं हो पा रहा है।',
    broken: 'कनेक्शन टूट गया।',
    timeout: 'कनेक्शन में बहुत ज़्यादा समय लगा।',
    unreadable: 'Keyswitch का जवाब पढ़ा नहीं जा सका।',
    signInFails: 'साइन-इन अभी काम नहीं कर रहा है।',
    signInRefused: 'आपका साइन-इन स्वीकार नहीं हुआ। कृपया फिर से साइन इन करें।',
    signedOut: 'आपने साइन इन नहीं किया है। कृपया साइन इन करें।',
    otherUser: 'किसी और ने साइन इन किया है। कृपया फिर कोशिश करें।',
    unknown: 'कुछ गड़बड़ हो गई। कृपया फिर कोशिश करें।',
  },
}
