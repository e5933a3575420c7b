create table if not exists wechat_followers (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  openid varchar(128) not null,
  followed tinyint not null check (followed in (0, 1)),
  follow_changed_at bigint not null default 0,
  scene varchar(200) not null default '',
  last_action varchar(10) not null default 'none' check (last_action in ('none', 'message', 'click')),
  last_action_at bigint not null default 0,
  window_until bigint not null default 0,
  sends_left int not null default 0,
  primary key (app_id, openid)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists wechat_scans (
  id char(32) character set ascii collate ascii_bin not null primary key,
  app_id varchar(64) character set ascii collate ascii_bin not null,
  openid varchar(128) not null,
  scene varchar(200) not null,
  followed_by_it tinyint not null check (followed_by_it in (0, 1)),
  scanned_at bigint not null,
  index wechat_scans_scene (app_id, scene, scanned_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
