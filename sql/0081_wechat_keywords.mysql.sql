create table if not exists wechat_keywords (
  id char(32) character set ascii collate ascii_bin not null primary key,
  app_id varchar(64) character set ascii collate ascii_bin not null default '',
  word varchar(100) not null,
  match_kind varchar(10) not null check (match_kind in ('exact', 'number', 'prefix', 'contains')),
  command varchar(40) not null default '',
  reply varchar(1000) not null default '',
  guide varchar(200) not null default '',
  position int not null default 0,
  valid_from bigint null,
  valid_until bigint null,
  hours varchar(20) not null default '',
  enabled tinyint not null default 1 check (enabled in (0, 1)),
  check ((command = '') <> (reply = '')),
  unique wechat_keywords_word (app_id, match_kind, word)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists wechat_usage (
  id char(32) character set ascii collate ascii_bin not null primary key,
  app_id varchar(64) character set ascii collate ascii_bin not null,
  subject varchar(10) not null check (subject in ('keyword', 'menu')),
  item varchar(200) not null,
  uses int not null,
  counted_at bigint not null,
  index wechat_usage_item (subject, counted_at, item)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
