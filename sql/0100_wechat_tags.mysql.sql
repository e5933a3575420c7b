create table if not exists wechat_tags (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  tag_id int not null,
  name varchar(100) not null,
  followers bigint not null default 0,
  seen_at bigint not null,
  primary key (app_id, tag_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists wechat_follower_tags (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  openid varchar(128) not null,
  tag_id int not null,
  primary key (app_id, openid, tag_id),
  index wechat_follower_tags_tag (app_id, tag_id, openid)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
