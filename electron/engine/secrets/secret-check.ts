import type { SecretCheck } from '../folder/hold-back.ts';

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
    if (!MAY_BE_SECRET.test(content.toString('latin1'))) return null;
    detector ??= loadDetector();
    return (await detector)(path, content);
  };
}

async function loadDetector(): Promise<SecretCheck> {
  const [{ lintSource }, preset] = await Promise.all([import('@secretlint/core'), import('@secretlint/secretlint-rule-preset-recommend')]);
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: preset.creator }] };
  return async (path, content) => {
    const extension = /\.[^./]+$/.exec(path)?.[0] ?? '';
    const source = { filePath: `/${path}`, content: content.toString('utf8'), ext: extension, contentType: 'text' as const };
    const { messages } = await lintSource({ source, options: { config, maskSecrets: true } });
    const [first] = messages;
    return first ? { line: first.loc.start.line, rule: first.ruleId.replace('@secretlint/secretlint-rule-', '') } : null;
  };
}
