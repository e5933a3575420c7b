-- The synchronisation of an account's followers: one row an account. cursor_openid is where the next page begins.
create table if not exists wechat_follower_syncs (
  app_id varchar(64) character set ascii collate ascii_bin not null primary key,
  run char(32) character set ascii collate ascii_bin not null,
  state varchar(8) not null check (state in ('running', 'paused', 'done', 'failed')),
  cursor_openid varchar(128) not null default '',
  listed tinyint not null default 0 check (listed in (0, 1)),
  total bigint not null default 0,
  seen bigint not null default 0,
  known bigint not null default 0,
  errors bigint not null default 0,
  problem varchar(300) not null default '',
  blocked_until bigint not null default 0,
  started_at bigint not null,
  finished_at bigint null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- What user/info says about a follower; wanted: not asked yet.
create table if not exists wechat_follower_profiles (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  openid varchar(128) not null,
  state varchar(8) not null check (state in ('wanted', 'known', 'gone')),
  run varchar(32) character set ascii collate ascii_bin not null default '',
  wanted_at bigint not null,
  unionid varchar(128) character set ascii collate ascii_bin not null default '',
  subscribed_at bigint null,
  way varchar(60) not null default '',
  scene varchar(200) not null default '',
  primary key (app_id, openid),
  index wechat_follower_profiles_wanted (app_id, state, wanted_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
