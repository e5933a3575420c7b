create table wechat_tags (
  app_id text not null,
  tag_id integer not null,
  name text not null,
  followers integer not null default 0,
  seen_at integer not null,
  primary key (app_id, tag_id)
) strict, without rowid;

create table wechat_follower_tags (
  app_id text not null,
  openid text not null,
  tag_id integer not null,
  primary key (app_id, openid, tag_id)
) strict, without rowid;

create index wechat_follower_tags_tag on wechat_follower_tags (app_id, tag_id, openid);
