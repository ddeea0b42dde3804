import { createHash } from 'node:crypto';

/** Something in a file that looks like a key or password. */
export interface SecretFinding {
  /** 1-based. */
  readonly line: number;
  readonly rule: string;
  /** Tells this secret from another one without holding it. */
  readonly digest: string;
}

/** Finds likely secrets in a file's text, first to last. */
export type SecretCheck = (path: string, content: Buffer) => Promise<readonly SecretFinding[]>;

/**
 * What every rule of the detector needs to find in a file before it can speak. The detector takes milliseconds a file;
 * this takes microseconds, and lets through to it only what may be a key at all.
 */
const MAY_BE_SECRET =
  /-----BEGIN|AKIA|ASIA|aws_|AWS_|(?:gh[pousr]|github_pat|glpat|npm|hf|shpat|shpss|shpca|sk|rk|pk|lin_api|figd|dop_v1|xox[a-z])[_-]|AIza|SG\.|hooks\.slack\.com|"private_key"|_authToken|[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]+:[^\s/@]+@|(?:1password|ops_|sntrys|vault|docker|notion|ntn_|secret_)/;

/**
 * Looks for keys and passwords with secretlint's recommended rules. The detector is loaded with the first file that may
 * hold one; most folders never do.
 */
export function createSecretCheck(): SecretCheck {
  let detector: Promise<SecretCheck> | null = null;
  return async (path, content) => {
    if (!MAY_BE_SECRET.test(content.toString('latin1'))) return [];
    detector ??= loadDetector();
    return (await detector)(path, content);
  };
}

async function loadDetector(): Promise<SecretCheck> {
  const [{ lintSource }, preset] = await Promise.all([import('@secretlint/core'), import('@secretlint/secretlint-rule-preset-recommend')]);
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: preset.creator }] };
  return async (path, content) => {
    const extension = /\.[^./]+$/.exec(path)?.[0] ?? '';
    const text = content.toString('utf8');
    const { messages } = await lintSource({ source: { filePath: `/${path}`, content: text, ext: extension, contentType: 'text' }, options: { config, maskSecrets: true } });
    return messages.map(({ loc, ruleId, range }) => finding(loc.start.line, ruleId.replace('@secretlint/secretlint-rule-', ''), text.slice(...range)));
  };
}

const finding = (line: number, rule: string, secret: string): SecretFinding => ({ line, rule, digest: createHash('sha256').update(`${rule}\0${secret}`).digest('hex').slice(0, 16) });
