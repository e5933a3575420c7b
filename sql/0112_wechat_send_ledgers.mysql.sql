-- Consent to subscribe messages: how many sends are left, or for good.
create table if not exists wechat_grants (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  openid varchar(128) not null,
  template_id varchar(128) not null,
  sends_left int not null default 0,
  is_permanent int not null default 0 check (is_permanent in (0, 1)),
  changed_at bigint not null,
  primary key (app_id, openid, template_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Reports that were counted: WeChat repeats its events, phones repeat their requests.
create table if not exists wechat_grant_reports (
  report_key char(64) character set ascii collate ascii_bin not null primary key,
  at bigint not null,
  index wechat_grant_reports_at (at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Calls of a day in China, by account and call; WeChat's 45009 ends the day early.
create table if not exists wechat_quotas (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  call_name varchar(100) not null,
  day int not null,
  used bigint not null default 0,
  is_exhausted int not null default 0 check (is_exhausted in (0, 1)),
  primary key (app_id, call_name, day)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Templates that WeChat does not know any more (40037), and when they are tried again.
create table if not exists wechat_lost_templates (
  app_id varchar(64) character set ascii collate ascii_bin not null,
  template_id varchar(128) not null,
  lost_at bigint not null,
  retry_at bigint not null,
  primary key (app_id, template_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
