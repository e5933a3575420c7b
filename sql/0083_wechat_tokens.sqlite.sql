create table wechat_tokens (
  app_id text not null,
  kind text not null check (kind in ('access_token', 'js_api_ticket')),
  version integer not null default 0,
  value_cipher text not null default '',
  renew_at integer not null default 0,
  expires_at integer not null default 0,
  lease_owner text not null default '',
  lease_until integer not null default 0,
  primary key (app_id, kind)
) strict, without rowid;

create table wechat_menus (
  app_id text not null primary key,
  state text not null check (state in ('published', 'refused')),
  problem text not null default '',
  published_at integer,
  tried_at integer not null
) strict, without rowid;
