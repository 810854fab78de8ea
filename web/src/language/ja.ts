import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('ja')

export const ja: Labels = {
  common: {
    loading: '読み込み中…',
    tryAgain: 'もう一度試す',
    tryNow: '今すぐ試す',
    tryingAgain: (problem) => `${problem}もう一度試しています…`,
  },

  chat: {
    region: 'チャット',
    loading: '会話を読み込んでいます',
    note: 'モデルは間違えることがあります。APIキーがモデルに渡ることはありません。',
    placeholder: 'メッセージを入力',
    placeholderSignedOut: 'メッセージを送るにはサインインしてください',
    closeThreads: '一覧を閉じる',
    yourModel: '使用中のモデル：',
    chooseModel: 'モデルを選ぶ',
  },

  welcome: {
    title: '何について話しますか？',
    invitation:
      'お好きなモデルがお答えします。キーはデフォルトのものでも、ご自分のものでもかまいません。モデルは、チャットで伝えればいつでも変えられます。',
    suggestions: [
      'モデルを変更',
      '今どのモデルを使っていますか？',
      '自分のAPIキーでClaudeを使いたい',
      'Pythonで簡単なプログラムを書いて',
    ],
    signedOutTitle: 'サインインしていません',
    signedOut: 'サインインすると、チャットとモデルがここに表示されます。',
    goneTitle: 'このチャットは見つかりません',
    gone: '削除されたか、別のアカウントのチャットです。次のメッセージから新しいチャットが始まります。',
  },

  threads: {
    list: 'チャット一覧',
    loading: 'チャットの一覧を読み込んでいます',
    create: '新しいチャット',
    older: '以前のチャット',
    delete: (title) => `「${title}」を削除`,
    confirmLabel: 'このチャットを削除しますか？',
    confirm: 'このチャットを完全に削除しますか？',
    confirmYes: '削除する',
    notDeleted: (problem) => `削除できませんでした。${problem}`,
  },

  log: {
    conversation: '会話',
    earlier: '以前のメッセージ',
    toEnd: '最新のメッセージへ',
  },

  message: {
    user: 'あなた：',
    keyEnding: (hint) => `［末尾が${hint}のAPIキー］`,
    notStored: '［APIキーを含む可能性があるため保存していません］',
    assistant: '回答：',
    waiting: '回答を待っています',
    copy: '回答をコピー',
    copyOwn: '自分のメッセージをコピー',
    keyswitch: 'Keyswitch',
    stopped: '停止しました。',
    incomplete: 'この回答は途中で終わっています。',
    unanswered: 'このメッセージには回答がありません。',
    reconnecting: '接続が切れました。もう一度試しています…',
  },

  composer: {
    message: 'メッセージ',
    key: 'APIキー',
    keyPlaceholder: 'APIキーを貼り付け',
    hidden: '入力した内容は表示されず、会話にも残りません。',
    looksLikeKey: 'APIキーのようなので、表示を隠しました。保存もしません。',
    send: '送信',
    stop: '回答を停止',
    answers: '選べる答え',
    suggestions: '候補',
    back: '戻る',
    cancel: 'キャンセル',
  },

  markdown: {
    table: '表',
    picture: '画像',
    copyCode: 'コードをコピー',
  },

  copy: {
    copy: 'コピー',
    copied: 'コピーしました',
    blocked: 'ブラウザーがコピーを許可しませんでした。テキストを選択してコピーしてください。',
  },

  dialog: {
    keep: 'そのままにする',
  },

  key: {
    own: '自分のキー',
    ownEnding: (hint) => `自分のキー ••••${hint}`,
    project: 'デフォルトのキー',
  },

  payer: {
    own: (hint) => `料金は自分のキー ••••${hint} で支払われます。`,
    app: '料金はアプリがデフォルトのキーで負担します。',
  },

  settings: {
    loading: '設定を読み込んでいます',
    signedOutTitle: 'サインインしていません。',
    signedOut: 'サインインすると、モデルとキーをここで設定できます。',
    change: 'モデルを変更',
    provider: 'プロバイダー',
    defaultOrOwnKey: 'デフォルトのキーか自分のキー',
    ownKey: '自分のキー',
    inUse: '使用中',
    keys: '自分のキー',
    keysHelp: 'プロバイダーごとに1つ、暗号化して保存しています。モデルを変えても残ります。',
    threadModels: '専用のモデルを使うチャット',
    tokens: '個人用トークン',
    tokensHelp:
      'OpenAIのプロトコルに対応したプログラム用です。APIキーの代わりにトークンを送ると、設定したモデルが答えます。',
  },

  currentModel: {
    region: '現在のモデル',
    messagesGoTo: 'メッセージの送り先',
    none: 'モデルはまだ設定されていません',
    chooseOne: '下から選んでください。',
    toDefault: 'デフォルトに戻す',
    confirmLabel: 'よろしいですか？',
    defaultAnswers: 'これからはデフォルトのモデルが答えます。',
    noneAnswers: '新しく選ぶまで、どのモデルも答えなくなります。',
    deleted: 'デフォルトに戻しました。',
  },

  choice: {
    whoPays: '料金の支払い',
    defaultKey: 'デフォルトのキー',
    defaultKeyDetail: 'アプリが負担、1日の上限あり',
    ownKey: '自分のキー',
    ownKeyDetail: 'プロバイダーに直接支払い、1日の上限なし',
    key: (provider) => `${provider}のAPIキー`,
    keyStored: (hint) => `保存済み：••••${hint}（空欄のままなら変わりません）`,
    keyBegins: (prefix) => `${prefix} で始まります`,
    keyPlaceholder: 'キーを貼り付け',
    keyHelp: (provider) => `暗号化して保存し、${provider}にだけ使います。再び表示されることはありません。`,
    getKey: 'キーを取得',
    save: '保存',
    checkAndSave: '確認して保存',
    checking: '確認しています…',
    saved: (warning) => `保存しました。${warning}`,
    answersNow: (provider, modelId, payer) => `これからは${provider}の ${modelId} が答えます。${payer}`,
    stillHere: (problem) => `${problem}入力した内容は残っています。`,
    accountId: 'アカウントID',
    accountMissing: (label) => `${label}を入力してください。`,
    accountWrong: (label) => `${label}ではないようです。ご確認ください。`,
    keyMissing: (provider) => `${provider}のAPIキーを貼り付けてください。`,
    modelMissing: 'モデルを選ぶか、モデルIDを入力してください。',
  },

  modelField: {
    label: 'モデル',
    example: (modelId) => `例：${modelId}`,
    all: 'すべてのモデル',
    suggestions: '候補',
    looking: 'モデルを調べています…',
    any: 'どのモデルIDでも入力できます。',
    noneListed: 'このプロバイダーにはモデルの一覧がありません。どのモデルIDでも入力できます。',
    notListed: 'モデルの一覧を今は取得できません。モデルIDを直接入力することはできます。',
    listed: (count, key) => {
      const whose = {given: 'このキー', stored: '保存済みのキー', project: 'デフォルトのキー'}[key]
      return `${whose}で使えるモデルが${formats.number(count)}個あります。ほかのIDも入力できます。`
    },
    contextWindow: (tokens) => `${formats.compact(tokens)}トークン`,
  },

  keys: {
    list: '自分のキー',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const chats = `専用のモデルを使う${formats.number(threads)}件のチャット`
      if (byDefault) return threads > 0 ? `使用中です。${chats}でも使っています。` : '使用中です。'
      return threads > 0 ? `${chats}で使用中です。` : '使われていません。'
    },
    saved: (at) => `${formats.moment(at)}に保存しました。`,
    verdict: (word) =>
      ({
        invalid: '前回の確認では、プロバイダーに受け付けられませんでした。',
        unknown_account: '前回の確認では、アカウントが見つかりませんでした。',
        no_credit: '前回の確認では、アカウントに残高がありませんでした。',
        unreachable: 'プロバイダーに接続できず、まだ確認できていません。',
        key_leaked:
          '漏えいの報告を受けて、プロバイダーによって停止されました。プロバイダーで新しいキーを作成してください。',
        key_expired: '有効期限が切れています。プロバイダーで新しいキーを作成してください。',
        account_suspended:
          'キー、またはそのアカウントがプロバイダーによって停止されています。理由はプロバイダーのアカウント画面でご確認ください。',
        key_restricted:
          'プロバイダーで制限が設定されていて、ここでは使えません。プロバイダーでキーの制限を変更してください。',
        api_disabled:
          'キーのプロジェクトで、プロバイダーのAPIが有効になっていません。プロバイダーで有効にしてください。',
        region: 'プロバイダーは、このサーバーのある地域では提供されていません。',
      })[word] ?? '',
    delete: '削除',
    deleteNamed: (provider) => `${provider}のキーを削除`,
    confirmLabel: (provider) => `${provider}のキーを削除しますか？`,
    confirmYes: '完全に削除する',
    consequence: 'このキーを使っているチャットは、デフォルトに戻ります。',
  },

  threadModels: {
    list: '専用のモデルを使うチャット',
    untitled: '新しいチャット',
    likeOthers: 'いつものモデルを使う',
    likeOthersNamed: (title) => `「${title}」でいつものモデルを使う`,
  },

  tokens: {
    baseUrl: 'ベースURL',
    list: '個人用トークン',
    name: 'トークンの名前',
    namePlaceholder: '用途（例：自分のエディター）',
    create: 'トークンを作成',
    copyNow: '今すぐトークンをコピーしてください。',
    shownOnce: '再表示はできません。',
    done: '完了',
    made: (created) => `作成：${formats.moment(created)}`,
    revoke: '無効にする',
    revokeNamed: (name) => `${name} を無効にする`,
    confirmLabel: (name) => `${name} を無効にしますか？`,
    confirmYes: '完全に無効にする',
  },

  connection: {
    unreachable: 'Keyswitchに接続できません。',
    broken: '接続が切れました。',
    timeout: '接続に時間がかかりすぎました。',
    unreadable: 'Keyswitchの応答を読み取れませんでした。',
    signInFails: '今はサインインできません。',
    signInRefused: 'サインインを確認できませんでした。もう一度サインインしてください。',
    signedOut: 'サインインしていません。サインインしてください。',
    otherUser: '別のユーザーがサインインしました。もう一度お試しください。',
    unknown: '問題が発生しました。もう一度お試しください。',
  },
}
