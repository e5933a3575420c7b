create table if not exists wechat_tokens (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  kind varchar(20) not null check (kind in ('access_token', 'js_api_ticket')),
  version bigint not null default 0,
  value_cipher varchar(4000) not null default '',
  renew_at bigint not null default 0,
  expires_at bigint not null default 0,
  lease_owner varchar(100) not null default '',
  lease_until bigint not null default 0,
  primary key (app_id, kind)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists wechat_menus (
  app_id varchar(64) character set ascii collate ascii_bin not null primary key,
  state varchar(12) not null check (state in ('published', 'refused')),
  problem varchar(1000) not null default '',
  published_at bigint null,
  tried_at bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
