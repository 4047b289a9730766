/** `theirs`: beyond it a receiver refuses or cuts. `ours`: what Gait keeps to; the margin is for what others add or count differently. */
type Limit = {
  readonly theirs: number;
  readonly ours: number;
  readonly unit: 'bytes' | 'characters' | 'blocks';
};

/** What the receivers of mails and posts take. Each is measured on what is sent, just before it is sent. */
export const RECEIVER_LIMITS = {
  /** Gmail shows the first 102 KB of a mail's HTML, without its end and the link there. https://www.spamresource.com/2022/01/what-is-gmail-clipping-and-what-to-do.html */
  mailHtml: { theirs: 102 * 1024, ours: 90 * 1024, unit: 'bytes' },
  /** Gmail drops a style element that is longer. https://www.caniemail.com/features/html-style/ */
  mailStyle: { theirs: 8_192, ours: 4_096, unit: 'characters' },
  /** No line of a mail may be longer, and an address in a header cannot be folded. RFC 5322, 2.1.1 */
  mailHeaderLine: { theirs: 998, ours: 900, unit: 'bytes' },
  /** Longer subjects are cut by every client, and some servers count the header as a line. RFC 5322, 2.1.1 */
  mailSubject: { theirs: 998, ours: 250, unit: 'bytes' },
  /** https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook */
  teamsMessage: { theirs: 28 * 1024, ours: 20 * 1024, unit: 'bytes' },
  /** The same in UTF-16, two bytes a character: some endpoints of Teams were seen to count so. https://stackoverflow.com/q/78034694 */
  teamsMessageUtf16: { theirs: 28 * 1024, ours: 26 * 1024, unit: 'bytes' },
  /** https://docs.slack.dev/reference/block-kit/blocks */
  slackBlocks: { theirs: 50, ours: 20, unit: 'blocks' },
  /** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
  slackBlockText: { theirs: 3_000, ours: 2_500, unit: 'characters' },
  /** https://docs.slack.dev/reference/block-kit/blocks/header-block */
  slackHeader: { theirs: 150, ours: 140, unit: 'characters' },
  /** Of all blocks together. Slack counts the text and something for each block; Gait counts all the JSON. https://github.com/slackapi/bolt-js/issues/2509 */
  slackMessage: { theirs: 12_000, ours: 11_000, unit: 'characters' },
  /** Of the text that notifications show; Slack cuts it. https://docs.slack.dev/changelog/2018-truncating-really-long-messages */
  slackFallback: { theirs: 4_000, ours: 1_000, unit: 'characters' },
  /** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
  slackButton: { theirs: 75, ours: 40, unit: 'characters' },
} as const satisfies Record<string, Limit>;
