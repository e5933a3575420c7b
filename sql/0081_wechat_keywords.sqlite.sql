create table wechat_keywords (
  id text not null primary key,
  app_id text not null default '',
  word text not null,
  match_kind text not null check (match_kind in ('exact', 'number', 'prefix', 'contains')),
  command text not null default '',
  reply text not null default '',
  guide text not null default '',
  position integer not null default 0,
  valid_from integer,
  valid_until integer,
  hours text not null default '',
  enabled integer not null default 1 check (enabled in (0, 1)),
  check ((command = '') <> (reply = '')),
  unique (app_id, match_kind, word)
) strict, without rowid;

create table wechat_usage (
  id text not null primary key,
  app_id text not null,
  subject text not null check (subject in ('keyword', 'menu')),
  item text not null,
  uses integer not null,
  counted_at integer not null
) strict, without rowid;

create index wechat_usage_item on wechat_usage (subject, counted_at, item);
