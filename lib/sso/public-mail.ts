/** Well-known services where anybody gets an address. Nobody could prove them anyway; the sentence comes before the work with DNS. */
const PUBLIC_MAIL = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com aol.com icloud.com me.com mac.com
  proton.me protonmail.com pm.me fastmail.com hey.com tutanota.com tuta.io zoho.com mail.com gmx.com gmx.net gmx.de web.de
  t-online.de freenet.de posteo.de mailbox.org orange.fr free.fr laposte.net libero.it btinternet.com yandex.com yandex.ru
  mail.ru qq.com 163.com 126.com naver.com`.split(/\s+/),
);

export const isPublicMail = (domain: string) => PUBLIC_MAIL.has(domain);
