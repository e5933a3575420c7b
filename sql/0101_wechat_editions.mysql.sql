create table if not exists wechat_contents (
  kind varchar(10) character set ascii collate ascii_bin not null check (kind in ('menu', 'keywords')),
  app_id varchar(64) character set ascii collate ascii_bin not null,
  last_number bigint not null default 0,
  open_edition char(32) character set ascii collate ascii_bin null,
  publishing_edition char(32) character set ascii collate ascii_bin null,
  live_edition char(32) character set ascii collate ascii_bin null,
  live_number bigint not null default 0,
  lease_owner varchar(40) character set ascii collate ascii_bin not null default '',
  lease_until bigint not null default 0,
  primary key (kind, app_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists wechat_editions (
  id char(32) character set ascii collate ascii_bin not null primary key,
  kind varchar(10) character set ascii collate ascii_bin not null check (kind in ('menu', 'keywords')),
  app_id varchar(64) character set ascii collate ascii_bin not null,
  number bigint not null,
  state varchar(12) not null check (state in ('draft', 'in_review', 'approved', 'publishing', 'published', 'superseded', 'discarded')),
  origin varchar(14) not null check (origin in ('configuration', 'draft', 'rollback')),
  based_on bigint not null default 0,
  content mediumtext not null,
  authors varchar(2000) character set ascii collate ascii_bin not null default '',
  note varchar(500) not null default '',
  comment varchar(500) not null default '',
  problem varchar(1000) not null default '',
  created_by char(32) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  edited_by char(32) character set ascii collate ascii_bin not null,
  edited_at bigint not null,
  submitted_by char(32) character set ascii collate ascii_bin null,
  submitted_at bigint null,
  reviewed_by char(32) character set ascii collate ascii_bin null,
  reviewed_at bigint null,
  published_by char(32) character set ascii collate ascii_bin null,
  published_at bigint null,
  version bigint not null,
  unique wechat_editions_number (kind, app_id, number)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists wechat_usage_days (
  day int not null,
  app_id varchar(64) character set ascii collate ascii_bin not null,
  subject varchar(10) character set ascii collate ascii_bin not null check (subject in ('keyword', 'menu')),
  item varchar(200) not null,
  writer varchar(32) character set ascii collate ascii_bin not null,
  uses bigint not null,
  last_at bigint not null,
  primary key (subject, day, app_id, item, writer)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert ignore into wechat_usage_days (day, app_id, subject, item, writer, uses, last_at)
select (u.counted_at + 28800000) div 86400000, u.app_id, u.subject,
       case when u.subject = 'menu' then u.item else coalesce((select min(k.id) from wechat_keywords k where k.word = u.item), u.item) end,
       'before', sum(u.uses), max(u.counted_at)
from wechat_usage u
group by 1, 2, 3, 4;
