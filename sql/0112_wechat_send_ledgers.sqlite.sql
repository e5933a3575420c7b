-- Consent to subscribe messages: how many sends are left, or for good.
create table wechat_grants (
  app_id text not null,
  openid text not null,
  template_id text not null,
  sends_left integer not null default 0,
  is_permanent integer not null default 0 check (is_permanent in (0, 1)),
  changed_at integer not null,
  primary key (app_id, openid, template_id)
) strict, without rowid;

-- Reports that were counted: WeChat repeats its events, phones repeat their requests.
create table wechat_grant_reports (
  report_key text not null primary key,
  at integer not null
) strict, without rowid;

create index wechat_grant_reports_at on wechat_grant_reports (at);

-- Calls of a day in China, by account and call; WeChat's 45009 ends the day early.
create table wechat_quotas (
  app_id text not null,
  call_name text not null,
  day integer not null,
  used integer not null default 0,
  is_exhausted integer not null default 0 check (is_exhausted in (0, 1)),
  primary key (app_id, call_name, day)
) strict, without rowid;

-- Templates that WeChat does not know any more (40037), and when they are tried again.
create table wechat_lost_templates (
  app_id text not null,
  template_id text not null,
  lost_at integer not null,
  retry_at integer not null,
  primary key (app_id, template_id)
) strict, without rowid;
