create table if not exists wechat_open_questions (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  openid varchar(128) not null,
  topic varchar(20) character set ascii collate ascii_bin not null check (topic in ('price', 'address', 'orders', 'cancel', 'slots', 'codes', 'delivery')),
  content_cipher text not null,
  asked_at bigint not null,
  until bigint not null,
  answered_key varchar(64) character set ascii collate ascii_bin not null,
  primary key (app_id, openid, topic),
  index wechat_open_questions_until (until)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
