create table if not exists wechat_tail_questions (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  openid varchar(128) not null,
  waybills varchar(700) not null,
  until bigint not null,
  primary key (app_id, openid)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists wechat_late_answers (
  callback_key char(64) character set ascii collate ascii_bin not null primary key,
  app_id varchar(64) character set ascii collate ascii_bin not null,
  openid varchar(128) not null,
  owed_until bigint not null,
  index wechat_late_answers_owed (owed_until)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
