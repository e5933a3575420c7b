-- The synchronisation of an account's followers: one row an account. cursor_openid is where the next page begins.
create table wechat_follower_syncs (
  app_id text not null primary key,
  run text not null,
  state text not null check (state in ('running', 'paused', 'done', 'failed')),
  cursor_openid text not null default '',
  listed integer not null default 0 check (listed in (0, 1)),
  total integer not null default 0,
  seen integer not null default 0,
  known integer not null default 0,
  errors integer not null default 0,
  problem text not null default '',
  blocked_until integer not null default 0,
  started_at integer not null,
  finished_at integer null
) strict, without rowid;

-- What user/info says about a follower; wanted: not asked yet.
create table wechat_follower_profiles (
  app_id text not null,
  openid text not null,
  state text not null check (state in ('wanted', 'known', 'gone')),
  run text not null default '',
  wanted_at integer not null,
  unionid text not null default '',
  subscribed_at integer null,
  way text not null default '',
  scene text not null default '',
  primary key (app_id, openid)
) strict, without rowid;

create index wechat_follower_profiles_wanted on wechat_follower_profiles (app_id, state, wanted_at);
