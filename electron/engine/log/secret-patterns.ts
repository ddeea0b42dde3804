export const REDACTED = '[redacted]';

/** Forms that secrets usually have, each with what stands in its place. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  // Userinfo of a URL; the name alone (git@host) is none.
  [/\b([a-z][a-z0-9+.-]*:\/\/)([^\s/@:'"]*):[^\s/@'"]+@/gi, `$1$2:${REDACTED}@`],
  // A token in the place of the name, as GitHub and GitLab allow.
  [/\b(https?:\/\/)[^\s/@:'"]+@/gi, `$1${REDACTED}@`],
  [/\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:(?:basic|bearer|token|digest)\s+)?)[^\s"',;]+/gi, `$1${REDACTED}`],
  [/\b(bearer\s+)[\w.~+/=-]{8,}/gi, `$1${REDACTED}`],
  [/\b((?:private-token|x-api-key|x-gitlab-token|set-cookie|cookie)["']?\s*[:=]\s*["']?)[^\s"',;]+/gi, `$1${REDACTED}`],
  [/\b((?:access_token|refresh_token|private_token|api_?key|password|passwd|client_secret|secret|token)["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi, `$1${REDACTED}`],
  // GitHub, GitLab, Gitea-style and Bitbucket tokens, Slack, AWS, npm, Google, JSON web tokens.
  [/\bgh[pousr]_[A-Za-z0-9]{20,}/g, REDACTED],
  [/\bgithub_pat_[A-Za-z0-9_]{20,}/g, REDACTED],
  [/\bgl(?:pat|dt|rt|soat|oas|cbt|ptt|ft)-[\w-]{16,}/g, REDACTED],
  [/\bAT(?:BB|CTT)[\w=-]{20,}/g, REDACTED],
  [/\bxox[abeoprs]-[\w-]{10,}/g, REDACTED],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, REDACTED],
  [/\bnpm_[A-Za-z0-9]{30,}/g, REDACTED],
  [/\bAIza[\w-]{30,}/g, REDACTED],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/g, REDACTED],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
];

export const redactPatterns = (text: string): string => FORMS.reduce((clean, [form, instead]) => clean.replace(form, instead), text);
