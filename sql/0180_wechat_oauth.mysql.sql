-- A browser that was sent to WeChat to sign in, by the hash of its state. It may come back once; the same code from the same browser
-- within five minutes gets the same session again, because WeChat may load the address twice.
create table if not exists wechat_oauth_states (
  state_hash char(64) character set ascii collate ascii_bin not null primary key,
  app_id varchar(64) character set ascii collate ascii_bin not null,
  scope varchar(16) not null check (scope in ('base', 'userinfo')),
  return_url varchar(1024) not null,
  browser_hash char(64) character set ascii collate ascii_bin not null,
  is_retry tinyint not null check (is_retry in (0, 1)),
  state varchar(8) not null check (state in ('open', 'taken', 'done', 'failed')),
  code_hash varchar(64) character set ascii collate ascii_bin not null default '',
  token_cipher varchar(400) character set ascii collate ascii_bin not null default '',
  taken_at bigint not null default 0,
  expires_at bigint not null,
  index wechat_oauth_states_expires (expires_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
