create table wechat_open_questions (
  app_id text not null,
  openid text not null,
  topic text not null check (topic in ('price', 'address', 'orders', 'cancel', 'slots', 'codes', 'delivery')),
  content_cipher text not null,
  asked_at integer not null,
  until integer not null,
  answered_key text not null,
  primary key (app_id, openid, topic)
) strict, without rowid;

create index wechat_open_questions_until on wechat_open_questions (until);
