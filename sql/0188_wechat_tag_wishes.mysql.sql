-- Tags that followers are to get or lose, because they came into a group of customers or left it; sent in batches.
create table if not exists wechat_tag_wishes (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  openid varchar(128) character set ascii collate ascii_bin not null,
  tag_id bigint not null,
  is_wanted tinyint not null check (is_wanted in (0, 1)),
  mark char(32) character set ascii collate ascii_bin not null,
  attempts bigint not null default 0,
  next_at bigint not null,
  primary key (app_id, openid, tag_id),
  index wechat_tag_wishes_due (next_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
