import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('ko')

export const ko: Labels = {
  common: {
    loading: '불러오는 중…',
    tryAgain: '다시 시도',
    tryNow: '지금 시도',
    tryingAgain: (problem) => `${problem} 다시 시도하고 있어요…`,
  },

  chat: {
    region: '채팅',
    loading: '대화를 불러오고 있어요',
    note: '모델은 실수할 수 있어요. API 키는 모델에 절대 전달되지 않아요.',
    placeholder: '메시지를 입력하세요',
    placeholderSignedOut: '메시지를 쓰려면 로그인해 주세요',
    closeThreads: '목록 닫기',
    yourModel: '사용 중인 모델:',
    chooseModel: '모델 선택',
  },

  welcome: {
    title: '무엇에 대해 이야기할까요?',
    invitation:
      '원하는 모델이 답해 드려요. 기본 키를 써도 되고 내 키를 써도 돼요. 모델은 말 한마디로 언제든 바꿀 수 있어요.',
    suggestions: [
      '다른 모델로 바꾸고 싶어요',
      '지금 사용 중인 모델은?',
      '내 API 키로 Claude 쓰고 싶어요',
      'Python으로 간단한 프로그램을 짜 줘',
    ],
    signedOutTitle: '로그인하지 않았어요',
    signedOut: '로그인하면 내 채팅과 모델이 여기에 표시돼요.',
    goneTitle: '이 채팅을 찾을 수 없어요',
    gone: '삭제되었거나 다른 계정의 채팅이에요. 지금 메시지를 보내면 새 채팅이 시작돼요.',
  },

  threads: {
    list: '내 채팅',
    loading: '내 채팅을 불러오고 있어요',
    create: '새 채팅',
    older: '이전 채팅',
    delete: (title) => `“${title}” 삭제`,
    confirmLabel: '이 채팅을 삭제할까요?',
    confirm: '이 채팅을 완전히 삭제할까요?',
    confirmYes: '삭제',
    notDeleted: (problem) => `삭제하지 못했어요. ${problem}`,
  },

  log: {
    conversation: '대화',
    earlier: '이전 메시지',
    toEnd: '마지막 메시지로',
  },

  message: {
    user: '나:',
    keyEnding: (hint) => `[API 키, 끝자리 ${hint}]`,
    notStored: '[저장하지 않음: API 키가 들어 있었을 수 있어요]',
    assistant: '답변:',
    waiting: '답변을 기다리고 있어요',
    copy: '답변 복사',
    copyOwn: '내 메시지 복사',
    keyswitch: 'Keyswitch',
    stopped: '중지했어요.',
    incomplete: '끝까지 받지 못한 답변이에요.',
    unanswered: '이 메시지에는 답변이 없어요.',
    reconnecting: '연결이 끊겼어요. 다시 시도하고 있어요…',
  },

  composer: {
    message: '메시지',
    key: 'API 키',
    keyPlaceholder: 'API 키를 붙여 넣으세요',
    hidden: '입력하는 동안 보이지 않고, 대화에도 남지 않아요.',
    looksLikeKey: 'API 키인 것 같아서 보이지 않게 했어요. 저장하지도 않아요.',
    send: '보내기',
    stop: '답변 중지',
    answers: '고를 수 있는 답',
    suggestions: '제안',
    back: '뒤로',
    cancel: '취소',
  },

  markdown: {
    table: '표',
    picture: '이미지',
    copyCode: '코드 복사',
  },

  copy: {
    copy: '복사',
    copied: '복사했어요',
    blocked: '브라우저에서 복사를 막았어요. 텍스트를 직접 선택해 복사해 주세요.',
  },

  dialog: {
    keep: '그대로 두기',
  },

  key: {
    own: '내 키',
    ownEnding: (hint) => `내 키 ••••${hint}`,
    project: '기본 키',
  },

  payer: {
    own: (hint) => `비용은 내 키(••••${hint})로 내요.`,
    app: '비용은 앱이 기본 키로 내요.',
  },

  settings: {
    loading: '설정을 불러오고 있어요',
    signedOutTitle: '로그인하지 않았어요.',
    signedOut: '로그인하면 여기에서 모델과 키를 설정할 수 있어요.',
    change: '모델 변경',
    provider: '제공업체',
    defaultOrOwnKey: '기본 키 또는 내 키',
    ownKey: '내 키',
    inUse: '사용 중',
    keys: '내 키',
    keysHelp: '제공업체마다 하나씩, 암호화해서 저장해요. 모델을 바꿔도 그대로 남아요.',
    threadModels: '모델을 따로 쓰는 채팅',
    tokens: '개인 토큰',
    tokensHelp: 'OpenAI 프로토콜을 쓰는 프로그램용이에요. API 키 대신 토큰을 보내면 내 모델이 답해요.',
  },

  currentModel: {
    region: '현재 모델',
    messagesGoTo: '메시지를 받는 모델',
    none: '아직 모델이 없어요',
    chooseOne: '아래에서 골라 주세요.',
    toDefault: '기본 모델로 되돌리기',
    confirmLabel: '정말 되돌릴까요?',
    defaultAnswers: '이제부터 기본 모델이 답해요.',
    noneAnswers: '새로 고를 때까지 어떤 모델도 답하지 않아요.',
    deleted: '완료했어요. 다시 기본 모델을 사용해요.',
  },

  choice: {
    whoPays: '비용 부담',
    defaultKey: '기본 키',
    defaultKeyDetail: '앱이 비용을 내고, 하루 한도가 있어요',
    ownKey: '내 키',
    ownKeyDetail: '제공업체에 직접 비용을 내고, 하루 한도가 없어요',
    key: (provider) => `${provider} API 키`,
    keyStored: (hint) => `저장됨: ••••${hint}. 비워 두면 그대로 유지돼요`,
    keyBegins: (prefix) => `이렇게 시작해요: ${prefix}`,
    keyPlaceholder: '키를 붙여 넣으세요',
    keyHelp: (provider) => `암호화해서 저장하고 ${provider}에만 사용해요. 다시 표시되지 않아요.`,
    getKey: '키 발급받기',
    save: '저장',
    checkAndSave: '확인하고 저장',
    checking: '확인하는 중…',
    saved: (warning) => `저장했어요. ${warning}`,
    answersNow: (provider, modelId, payer) => `이제 ${modelId} 모델(제공업체: ${provider})이 답해요. ${payer}`,
    stillHere: (problem) => `${problem} 입력한 내용은 그대로 있어요.`,
    accountId: '계정 ID',
    accountMissing: (label) => `${label} 값을 입력해 주세요.`,
    accountWrong: (label) => `${label} 형식이 아닌 것 같아요. 확인해 주세요.`,
    keyMissing: (provider) => `${provider} API 키를 붙여 넣어 주세요.`,
    modelMissing: '모델을 고르거나 모델 ID를 입력해 주세요.',
  },

  modelField: {
    label: '모델',
    example: (modelId) => `예: ${modelId}`,
    all: '모든 모델',
    suggestions: '제안',
    looking: '모델을 찾고 있어요…',
    any: '어떤 모델 ID든 입력할 수 있어요.',
    noneListed: '제공업체가 모델 목록을 제공하지 않아요. 어떤 모델 ID든 입력할 수 있어요.',
    notListed: '지금은 모델 목록을 불러올 수 없어요. 모델 ID를 직접 입력할 수는 있어요.',
    listed: (count, key) => {
      const whose = {given: '내 키', stored: '저장된 키', project: '기본 키'}[key]
      return `${whose}로 쓸 수 있는 모델이 ${formats.number(count)}개 있어요. 다른 ID를 입력해도 돼요.`
    },
    contextWindow: (tokens) => `컨텍스트 ${formats.compact(tokens)} 토큰`,
  },

  keys: {
    list: '내 키',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const chats = `모델을 따로 쓰는 채팅 ${formats.number(threads)}개`
      if (byDefault) return threads > 0 ? `사용 중이에요. ${chats}에서도 쓰고 있어요.` : '사용 중이에요.'
      return threads > 0 ? `${chats}에서 쓰고 있어요.` : '사용하지 않고 있어요.'
    },
    saved: (at) => `저장 시각: ${formats.moment(at)}.`,
    verdict: (word) =>
      ({
        invalid: '마지막으로 확인했을 때 제공업체에서 받아들이지 않았어요.',
        unknown_account: '마지막으로 확인했을 때 제공업체에서 계정을 찾을 수 없었어요.',
        no_credit: '마지막으로 확인했을 때 계정에 잔액이 없었어요.',
        unreachable: '제공업체에 연결할 수 없어 아직 확인하지 못했어요.',
        key_leaked: '유출되었다는 신고가 있어 제공업체에서 차단했어요. 제공업체에서 새 키를 만들어 주세요.',
        key_expired: '만료된 키예요. 제공업체에서 새 키를 만들어 주세요.',
        account_suspended: '제공업체에서 이 키나 계정을 정지했어요. 이유는 제공업체 계정에서 확인할 수 있어요.',
        key_restricted:
          '제공업체에서 설정한 제한 때문에 여기서 사용할 수 없어요. 제공업체에서 키의 제한을 변경해 주세요.',
        api_disabled:
          '이 키의 프로젝트에서 제공업체의 API가 사용 설정되어 있지 않아요. 제공업체에서 사용 설정해 주세요.',
        region: '제공업체가 이 서버가 있는 지역에서 서비스를 제공하지 않아요.',
      })[word] ?? '',
    delete: '삭제',
    deleteNamed: (provider) => `${provider} 키 삭제`,
    confirmLabel: (provider) => `${provider} 키를 삭제할까요?`,
    confirmYes: '완전히 삭제',
    consequence: '이 키를 쓰는 채팅은 기본 모델로 돌아가요.',
  },

  threadModels: {
    list: '모델을 따로 쓰는 채팅',
    untitled: '새 채팅',
    likeOthers: '다른 채팅과 같은 모델 사용',
    likeOthersNamed: (title) => `“${title}”에서 다른 채팅과 같은 모델 사용`,
  },

  tokens: {
    baseUrl: 'API 주소(Base URL)',
    list: '내 토큰',
    name: '토큰 이름',
    namePlaceholder: '어디에 쓰나요? 예: 내 편집기',
    create: '토큰 만들기',
    copyNow: '지금 토큰을 복사해 주세요.',
    shownOnce: '다시 표시되지 않아요.',
    done: '완료',
    made: (created) => `생성: ${formats.moment(created)}`,
    revoke: '폐기',
    revokeNamed: (name) => `${name} 폐기`,
    confirmLabel: (name) => `${name} 토큰을 폐기할까요?`,
    confirmYes: '완전히 폐기',
  },

  connection: {
    unreachable: 'Keyswitch에 연결할 수 없어요.',
    broken: '연결이 끊겼어요.',
    timeout: '연결이 너무 오래 걸렸어요.',
    unreadable: 'Keyswitch의 응답을 읽을 수 없어요.',
    signInFails: '지금은 로그인할 수 없어요.',
    signInRefused: '로그인이 확인되지 않았어요. 다시 로그인해 주세요.',
    signedOut: '로그인하지 않았어요. 로그인해 주세요.',
    otherUser: '다른 사용자가 로그인했어요. 다시 시도해 주세요.',
    unknown: '문제가 생겼어요. 다시 시도해 주세요.',
  },
}
