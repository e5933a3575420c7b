-- Tags that followers are to get or lose, because they came into a group of customers or left it; sent in batches.
create table wechat_tag_wishes (
  app_id text not null,
  openid text not null,
  tag_id integer not null,
  is_wanted integer not null check (is_wanted in (0, 1)),
  mark text not null,
  attempts integer not null default 0,
  next_at integer not null,
  primary key (app_id, openid, tag_id)
) strict, without rowid;

create index wechat_tag_wishes_due on wechat_tag_wishes (next_at);
