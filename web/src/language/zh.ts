import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('zh')

export const zh: Labels = {
  common: {
    loading: '正在加载…',
    tryAgain: '重试',
    tryNow: '立即重试',
    tryingAgain: (problem) => `${problem}正在重试…`,
  },

  chat: {
    region: '聊天',
    loading: '正在加载对话',
    note: '模型也会出错。你的 API 密钥绝不会透露给模型。',
    placeholder: '输入消息',
    placeholderSignedOut: '登录后即可发送消息',
    closeThreads: '关闭列表',
    yourModel: '你的模型：',
    chooseModel: '选择模型',
  },

  welcome: {
    title: '想聊点什么？',
    invitation: '由你喜欢的模型来回答，用默认密钥或你自己的密钥都可以。想换模型，随时说一声就行。',
    suggestions: ['我想换模型', '我在用哪个模型？', '用我自己的密钥接入 Claude', '用 Python 写一个小程序'],
    signedOutTitle: '你还没有登录',
    signedOut: '登录后，你的聊天和模型会显示在这里。',
    goneTitle: '找不到这个聊天',
    gone: '它已被删除，或属于另一个账户。你接下来发送的消息会开始一个新聊天。',
  },

  threads: {
    list: '你的聊天',
    loading: '正在加载你的聊天',
    create: '新聊天',
    older: '更早的聊天',
    delete: (title) => `删除“${title}”`,
    confirmLabel: '删除这个聊天？',
    confirm: '要永久删除这个聊天吗？',
    confirmYes: '删除',
    notDeleted: (problem) => `未能删除。${problem}`,
  },

  log: {
    conversation: '对话',
    earlier: '更早的消息',
    toEnd: '转到最后一条消息',
  },

  message: {
    user: '你：',
    keyEnding: (hint) => `[以 ${hint} 结尾的 API 密钥]`,
    notStored: '[未保存：可能含有 API 密钥]',
    assistant: '回答：',
    waiting: '正在等待回答',
    copy: '复制回答',
    copyOwn: '复制你的消息',
    keyswitch: 'Keyswitch',
    stopped: '已停止。',
    incomplete: '这个回答不完整。',
    unanswered: '这条消息没有得到回答。',
    reconnecting: '连接已断开。正在重试…',
  },

  composer: {
    message: '消息',
    key: 'API 密钥',
    keyPlaceholder: '粘贴你的 API 密钥',
    hidden: '输入时不会显示，也不会留在对话中。',
    looksLikeKey: '这看起来像 API 密钥，所以已隐藏，也不会保存。',
    send: '发送',
    stop: '停止回答',
    answers: '可选的回答',
    suggestions: '建议',
    back: '返回',
    cancel: '取消',
  },

  markdown: {
    table: '表格',
    picture: '图片',
    copyCode: '复制代码',
  },

  copy: {
    copy: '复制',
    copied: '已复制',
    blocked: '浏览器不允许复制。请选中文字后自行复制。',
  },

  dialog: {
    keep: '保留',
  },

  key: {
    own: '你的密钥',
    ownEnding: (hint) => `你的密钥 ••••${hint}`,
    project: '默认密钥',
  },

  payer: {
    own: (hint) => `费用记在你自己的密钥 ••••${hint} 上。`,
    app: '费用由应用承担，使用默认密钥。',
  },

  settings: {
    loading: '正在加载设置',
    signedOutTitle: '你还没有登录。',
    signedOut: '登录后，可以在这里设置你的模型和密钥。',
    change: '更换模型',
    provider: '服务商',
    defaultOrOwnKey: '默认密钥或你自己的密钥',
    ownKey: '你自己的密钥',
    inUse: '使用中',
    keys: '你的密钥',
    keysHelp: '每个服务商一个，加密保存。更换模型后仍会保留。',
    threadModels: '单独设置了模型的聊天',
    tokens: '个人令牌',
    tokensHelp: '用于支持 OpenAI 协议的程序：程序发送令牌来代替 API 密钥，由你的模型回答。',
  },

  currentModel: {
    region: '你当前的模型',
    messagesGoTo: '你的消息会发给',
    none: '还没有模型',
    chooseOne: '请在下面选择一个。',
    toDefault: '恢复默认',
    confirmLabel: '确定吗？',
    defaultAnswers: '之后将由默认模型回答。',
    noneAnswers: '在你重新选择模型之前，不会有模型回答。',
    deleted: '好了，已恢复默认。',
  },

  choice: {
    whoPays: '费用由谁承担',
    defaultKey: '默认密钥',
    defaultKeyDetail: '费用由应用承担，有每日额度',
    ownKey: '你自己的密钥',
    ownKeyDetail: '费用由你付给服务商，没有每日额度',
    key: (provider) => `${provider} API 密钥`,
    keyStored: (hint) => `已保存：••••${hint}。留空则继续使用`,
    keyBegins: (prefix) => `以 ${prefix} 开头`,
    keyPlaceholder: '粘贴你的密钥',
    keyHelp: (provider) => `加密保存，只用于 ${provider}，不会再次显示。`,
    getKey: '获取密钥',
    save: '保存',
    checkAndSave: '验证并保存',
    checking: '正在验证…',
    saved: (warning) => `已保存。${warning}`,
    answersNow: (provider, modelId, payer) => `现在由 ${provider} 的 ${modelId} 回答。${payer}`,
    stillHere: (problem) => `${problem}你输入的内容还在这里。`,
    accountId: '账户 ID',
    accountMissing: (label) => `请输入你的${label}。`,
    accountWrong: (label) => `这看起来不像${label}。请检查一下。`,
    keyMissing: (provider) => `请粘贴你的 ${provider} API 密钥。`,
    modelMissing: '请选择一个模型，或输入模型 ID。',
  },

  modelField: {
    label: '模型',
    example: (modelId) => `例如 ${modelId}`,
    all: '所有模型',
    suggestions: '建议',
    looking: '正在查找模型…',
    any: '可以输入任意模型 ID。',
    noneListed: '服务商没有列出模型。可以输入任意模型 ID。',
    notListed: '现在无法获取模型列表。你仍然可以直接输入任意模型 ID。',
    listed: (count, key) => {
      const whose = {given: '你的密钥', stored: '你保存的密钥', project: '默认密钥'}[key]
      return `${whose}可以使用 ${formats.number(count)} 个模型。也可以输入其他任意 ID。`
    },
    contextWindow: (tokens) => `${formats.compact(tokens)} token`,
  },

  keys: {
    list: '你的密钥',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const chats = `${formats.number(threads)} 个单独设置了模型的聊天`
      if (byDefault) return threads > 0 ? `使用中，另有 ${chats}也在使用。` : '使用中。'
      return threads > 0 ? `有 ${chats}在使用。` : '未使用。'
    },
    saved: (at) => `保存于 ${formats.moment(at)}。`,
    verdict: (word) =>
      ({
        invalid: '上次验证时，服务商没有接受它。',
        unknown_account: '上次验证时，服务商没有找到它所属的账户。',
        no_credit: '上次验证时，它所属账户的余额已用完。',
        unreachable: '尚未验证：无法连接到服务商。',
        key_leaked: '服务商接到报告称它已泄露，因此已将其停用。请到服务商网站创建新的密钥。',
        key_expired: '它已过期。请到服务商网站创建新的密钥。',
        account_suspended: '服务商已停用它或其所属账户。请登录服务商网站查看原因。',
        key_restricted: '它在服务商处设有限制，不能在这里使用。请到服务商网站更改限制。',
        api_disabled: '它所在的项目没有启用服务商的 API。请到服务商网站启用。',
        region: '服务商不在本服务器所在的地区提供服务。',
      })[word] ?? '',
    delete: '删除',
    deleteNamed: (provider) => `删除 ${provider} 密钥`,
    confirmLabel: (provider) => `删除 ${provider} 密钥？`,
    confirmYes: '永久删除',
    consequence: '使用它的聊天会恢复默认。',
  },

  threadModels: {
    list: '单独设置了模型的聊天',
    untitled: '新聊天',
    likeOthers: '改用平时的模型',
    likeOthersNamed: (title) => `在“${title}”中改用平时的模型`,
  },

  tokens: {
    baseUrl: '基础 URL',
    list: '你的令牌',
    name: '令牌名称',
    namePlaceholder: '用在哪里？例如：我的编辑器',
    create: '创建令牌',
    copyNow: '请立即复制令牌：',
    shownOnce: '它不会再次显示。',
    done: '完成',
    made: (created) => `创建于 ${formats.moment(created)}`,
    revoke: '撤销',
    revokeNamed: (name) => `撤销“${name}”`,
    confirmLabel: (name) => `撤销“${name}”？`,
    confirmYes: '永久撤销',
  },

  connection: {
    unreachable: '无法连接到 Keyswitch。',
    broken: '连接中断了。',
    timeout: '连接超时。',
    unreadable: 'Keyswitch 返回的内容无法读取。',
    signInFails: '现在无法登录。',
    signInRefused: '你的登录未被接受。请重新登录。',
    signedOut: '你还没有登录。请先登录。',
    otherUser: '另一位用户已登录。请再试一次。',
    unknown: '出了点问题。请再试一次。',
  },
}
