import { describe, expect, it } from 'vitest';
import page from './index.html?raw';

describe('the page', () => {
  it('allows nothing but its own files', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page) ?? [];
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'none'"]),
    );
    expect(policy).not.toContain('unsafe');
  });

  it('holds no inline script or style, which that policy would refuse', () => {
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)/);
  });
});
