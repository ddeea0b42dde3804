/** What a server is told over http, by whoever has an account there; it goes to that server only, and through a pipe. */
export interface Credential {
  readonly username: string;
  readonly password: string;
}
