create table wechat_followers (
  app_id text not null,
  openid text not null,
  followed integer not null check (followed in (0, 1)),
  follow_changed_at integer not null default 0,
  scene text not null default '',
  last_action text not null default 'none' check (last_action in ('none', 'message', 'click')),
  last_action_at integer not null default 0,
  window_until integer not null default 0,
  sends_left integer not null default 0,
  primary key (app_id, openid)
) strict, without rowid;

create table wechat_scans (
  id text not null primary key,
  app_id text not null,
  openid text not null,
  scene text not null,
  followed_by_it integer not null check (followed_by_it in (0, 1)),
  scanned_at integer not null
) strict, without rowid;

create index wechat_scans_scene on wechat_scans (app_id, scene, scanned_at);
