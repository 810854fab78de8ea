import {Formats} from './formats.js'
import type {Labels} from './labels.js'

const formats = new Formats('ru')

export const ru: Labels = {
  common: {
    loading: 'Загрузка…',
    tryAgain: 'Попробовать ещё раз',
    tryNow: 'Попробовать сейчас',
    tryingAgain: (problem) => `${problem} Пробуем ещё раз…`,
  },

  chat: {
    region: 'Чат',
    loading: 'Чат загружается',
    note: 'Модели могут ошибаться. Ваши API-ключи им никогда не показываются.',
    placeholder: 'Напишите сообщение',
    placeholderSignedOut: 'Войдите, чтобы написать сообщение',
    closeThreads: 'Закрыть список',
    yourModel: 'Ваша модель:',
    chooseModel: 'Выбрать модель',
  },

  welcome: {
    title: 'О чём хотите поговорить?',
    invitation:
      'Здесь отвечает модель на ваш выбор, с ключом по умолчанию или с вашим собственным. Сменить её можно в любой момент: просто напишите об этом.',
    suggestions: [
      'Хочу сменить модель',
      'Какую модель я использую?',
      'Использовать Claude с моим собственным ключом',
      'Напиши небольшую программу на Python',
    ],
    signedOutTitle: 'Вы не вошли в аккаунт',
    signedOut: 'После входа здесь появятся ваши чаты и ваша модель.',
    goneTitle: 'Этого чата здесь нет',
    gone: 'Он удалён или принадлежит другому аккаунту. С вашего следующего сообщения начнётся новый чат.',
  },

  threads: {
    list: 'Ваши чаты',
    loading: 'Ваши чаты загружаются',
    create: 'Новый чат',
    older: 'Более ранние чаты',
    delete: (title) => `Удалить «${title}»`,
    confirmLabel: 'Удалить этот чат?',
    confirm: 'Удалить этот чат навсегда?',
    confirmYes: 'Удалить',
    notDeleted: (problem) => `Чат не удалён. ${problem}`,
  },

  log: {
    conversation: 'Разговор',
    earlier: 'Предыдущие сообщения',
    toEnd: 'К последнему сообщению',
  },

  message: {
    user: 'Вы:',
    keyEnding: (hint) => `[API-ключ, оканчивающийся на ${hint}]`,
    notStored: '[Не сохранено: возможно, здесь был API-ключ]',
    assistant: 'Ответ:',
    waiting: 'Ожидание ответа',
    copy: 'Копировать ответ',
    copyOwn: 'Копировать своё сообщение',
    keyswitch: 'Keyswitch',
    stopped: 'Остановлено.',
    incomplete: 'Этот ответ неполный.',
    unanswered: 'На это сообщение нет ответа.',
    reconnecting: 'Соединение пропало. Пробуем ещё раз…',
  },

  composer: {
    message: 'Сообщение',
    key: 'API-ключ',
    keyPlaceholder: 'Вставьте свой API-ключ',
    hidden: 'Ключ скрыт при вводе и не остаётся в разговоре.',
    looksLikeKey: 'Это похоже на API-ключ, поэтому текст скрыт и не будет сохранён.',
    send: 'Отправить',
    stop: 'Остановить ответ',
    answers: 'Варианты ответа',
    suggestions: 'Подсказки',
    back: 'Назад',
    cancel: 'Отмена',
  },

  markdown: {
    table: 'Таблица',
    picture: 'изображение',
    copyCode: 'Копировать код',
  },

  copy: {
    copy: 'Копировать',
    copied: 'Скопировано',
    blocked: 'Браузер не дал скопировать. Выделите текст и скопируйте вручную.',
  },

  dialog: {
    keep: 'Оставить',
  },

  key: {
    own: 'ваш ключ',
    ownEnding: (hint) => `ваш ключ ••••${hint}`,
    project: 'ключ по умолчанию',
  },

  payer: {
    own: (hint) => `Оплата идёт через ваш собственный ключ ••••${hint}.`,
    app: 'Платит приложение, используется ключ по умолчанию.',
  },

  settings: {
    loading: 'Настройки загружаются',
    signedOutTitle: 'Вы не вошли в аккаунт.',
    signedOut: 'После входа здесь можно настроить модель и ключ.',
    change: 'Сменить модель',
    provider: 'Провайдер',
    defaultOrOwnKey: 'Ключ по умолчанию или свой',
    ownKey: 'Свой ключ',
    inUse: 'используется',
    keys: 'Ваши ключи',
    keysHelp: 'По одному для каждого провайдера, хранятся в зашифрованном виде. При смене модели они остаются.',
    threadModels: 'Чаты со своей моделью',
    tokens: 'Личные токены',
    tokensHelp:
      'Для программ, которые работают по протоколу OpenAI: они отправляют токен вместо API-ключа, и отвечает ваша модель.',
  },

  currentModel: {
    region: 'Ваша текущая модель',
    messagesGoTo: 'Ваши сообщения получает',
    none: 'Модель пока не выбрана',
    chooseOne: 'Выберите её ниже.',
    toDefault: 'Вернуть вариант по умолчанию',
    confirmLabel: 'Вы уверены?',
    defaultAnswers: 'После этого отвечать будет модель по умолчанию.',
    noneAnswers: 'После этого никто не будет отвечать, пока вы не выберете модель.',
    deleted: 'Готово. Снова используется вариант по умолчанию.',
  },

  choice: {
    whoPays: 'Кто платит',
    defaultKey: 'Ключ по умолчанию',
    defaultKeyDetail: 'Платит приложение, есть дневной лимит',
    ownKey: 'Свой ключ',
    ownKeyDetail: 'Вы платите провайдеру, без дневного лимита',
    key: (provider) => `API-ключ ${provider}`,
    keyStored: (hint) => `Сохранён: ••••${hint}. Оставьте поле пустым, чтобы не менять ключ`,
    keyBegins: (prefix) => `Начинается с ${prefix}`,
    keyPlaceholder: 'Вставьте свой ключ',
    keyHelp: (provider) =>
      `Хранится в зашифрованном виде, используется только для ${provider} и больше никогда не показывается.`,
    getKey: 'Получить ключ',
    save: 'Сохранить',
    checkAndSave: 'Проверить и сохранить',
    checking: 'Проверка…',
    saved: (warning) => `Сохранено. ${warning}`,
    answersNow: (provider, modelId, payer) => `Теперь отвечает ${provider}, модель ${modelId}. ${payer}`,
    stillHere: (problem) => `${problem} Всё, что вы ввели, на месте.`,
    accountId: 'ID аккаунта',
    accountMissing: (label) => `Укажите, пожалуйста, данные вашего аккаунта: ${label}.`,
    accountWrong: (label) => `Это не похоже на ${label}. Проверьте, пожалуйста.`,
    keyMissing: (provider) => `Вставьте, пожалуйста, свой API-ключ ${provider}.`,
    modelMissing: 'Выберите, пожалуйста, модель или введите её ID.',
  },

  modelField: {
    label: 'Модель',
    example: (modelId) => `Например, ${modelId}`,
    all: 'Все модели',
    suggestions: 'Подсказки',
    looking: 'Ищем модели…',
    any: 'Можно ввести ID любой модели.',
    noneListed: 'Провайдер не показывает список моделей. Можно ввести ID любой модели.',
    notListed: 'Список моделей сейчас недоступен. Можно ввести ID любой модели.',
    listed: (count, key) => {
      const whose = {given: 'вашего ключа', stored: 'вашего сохранённого ключа', project: 'ключа по умолчанию'}[key]
      const models = formats.plural(count, {one: 'модель', few: 'модели', other: 'моделей'})
      return `${formats.number(count)} ${models} для ${whose}. Можно ввести и любой другой ID.`
    },
    contextWindow: (tokens) => `${formats.compact(tokens)} токенов`,
  },

  keys: {
    list: 'Ваши ключи',
    named: (provider, hint) => `${provider} ••••${hint}`,
    usedBy: (byDefault, threads) => {
      const chats = `${formats.number(threads)} ${formats.plural(threads, {one: 'чате', other: 'чатах'})} со своей моделью`
      if (byDefault) return threads > 0 ? `Используется, в том числе в ${chats}.` : 'Используется.'
      return threads > 0 ? `Используется в ${chats}.` : 'Не используется.'
    },
    saved: (at) => `Сохранён ${formats.moment(at)}.`,
    verdict: (word) =>
      ({
        invalid: 'При последней проверке провайдер его не принял.',
        unknown_account: 'При последней проверке провайдер не нашёл аккаунт.',
        no_credit: 'При последней проверке на счёте не было средств.',
        unreachable: 'Ещё не проверен: не удалось связаться с провайдером.',
        key_leaked: 'Провайдер заблокировал его: поступило сообщение об утечке. Создайте там, пожалуйста, новый.',
        key_expired: 'Срок его действия истёк. Создайте у провайдера, пожалуйста, новый.',
        account_suspended:
          'Провайдер приостановил действие ключа или аккаунта, к которому он относится. Причина указана в вашем аккаунте.',
        key_restricted:
          'У провайдера для него задано ограничение, из-за которого его нельзя использовать здесь. Измените там, пожалуйста, это ограничение.',
        api_disabled: 'API провайдера не включён для проекта этого ключа. Включите его там, пожалуйста.',
        region: 'Провайдер не обслуживает регион, в котором находится этот сервер.',
      })[word] ?? '',
    delete: 'Удалить',
    deleteNamed: (provider) => `Удалить ключ ${provider}`,
    confirmLabel: (provider) => `Удалить ключ ${provider}?`,
    confirmYes: 'Удалить навсегда',
    consequence: 'Чаты, которые его используют, вернутся к варианту по умолчанию.',
  },

  threadModels: {
    list: 'Чаты со своей моделью',
    untitled: 'Новый чат',
    likeOthers: 'Использовать обычную модель',
    likeOthersNamed: (title) => `Использовать обычную модель в чате «${title}»`,
  },

  tokens: {
    baseUrl: 'Базовый URL',
    list: 'Ваши токены',
    name: 'Название токена',
    namePlaceholder: 'Для чего он? Например: мой редактор',
    create: 'Создать токен',
    copyNow: 'Скопируйте токен сейчас:',
    shownOnce: 'больше он не будет показан.',
    done: 'Готово',
    made: (created) => `Создан ${formats.moment(created)}`,
    revoke: 'Отозвать',
    revokeNamed: (name) => `Отозвать токен «${name}»`,
    confirmLabel: (name) => `Отозвать токен «${name}»?`,
    confirmYes: 'Отозвать навсегда',
  },

  connection: {
    unreachable: 'Не удаётся связаться с Keyswitch.',
    broken: 'Соединение прервалось.',
    timeout: 'Время ожидания соединения истекло.',
    unreadable: 'Keyswitch прислал ответ, который не удаётся прочитать.',
    signInFails: 'Вход сейчас не работает.',
    signInRefused: 'Вход в аккаунт не подтверждён. Войдите, пожалуйста, ещё раз.',
    signedOut: 'Вы не вошли в аккаунт. Войдите, пожалуйста.',
    otherUser: 'Вошёл другой пользователь. Попробуйте, пожалуйста, ещё раз.',
    unknown: 'Что-то пошло не так. Попробуйте, пожалуйста, ещё раз.',
  },
}
