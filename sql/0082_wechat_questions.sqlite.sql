create table wechat_tail_questions (
  app_id text not null,
  openid text not null,
  waybills text not null,
  until integer not null,
  primary key (app_id, openid)
) strict, without rowid;

create table wechat_late_answers (
  callback_key text not null primary key,
  app_id text not null,
  openid text not null,
  owed_until integer not null
) strict, without rowid;

create index wechat_late_answers_owed on wechat_late_answers (owed_until);
