-- A browser that was sent to WeChat to sign in, by the hash of its state. It may come back once; the same code from the same browser
-- within five minutes gets the same session again, because WeChat may load the address twice.
create table wechat_oauth_states (
  state_hash text not null primary key,
  app_id text not null,
  scope text not null check (scope in ('base', 'userinfo')),
  return_url text not null,
  browser_hash text not null,
  is_retry integer not null check (is_retry in (0, 1)),
  state text not null check (state in ('open', 'taken', 'done', 'failed')),
  code_hash text not null default '',
  token_cipher text not null default '',
  taken_at integer not null default 0,
  expires_at integer not null
) strict, without rowid;

create index wechat_oauth_states_expires on wechat_oauth_states (expires_at);
