create table wechat_contents (
  kind text not null check (kind in ('menu', 'keywords')),
  app_id text not null,
  last_number integer not null default 0,
  open_edition text,
  publishing_edition text,
  live_edition text,
  live_number integer not null default 0,
  lease_owner text not null default '',
  lease_until integer not null default 0,
  primary key (kind, app_id)
) strict, without rowid;

create table wechat_editions (
  id text not null primary key,
  kind text not null check (kind in ('menu', 'keywords')),
  app_id text not null,
  number integer not null,
  state text not null check (state in ('draft', 'in_review', 'approved', 'publishing', 'published', 'superseded', 'discarded')),
  origin text not null check (origin in ('configuration', 'draft', 'rollback')),
  based_on integer not null default 0,
  content text not null,
  authors text not null default '',
  note text not null default '',
  comment text not null default '',
  problem text not null default '',
  created_by text not null,
  created_at integer not null,
  edited_by text not null,
  edited_at integer not null,
  submitted_by text,
  submitted_at integer,
  reviewed_by text,
  reviewed_at integer,
  published_by text,
  published_at integer,
  version integer not null,
  unique (kind, app_id, number)
) strict, without rowid;

create table wechat_usage_days (
  day integer not null,
  app_id text not null,
  subject text not null check (subject in ('keyword', 'menu')),
  item text not null,
  writer text not null,
  uses integer not null,
  last_at integer not null,
  primary key (subject, day, app_id, item, writer)
) strict, without rowid;

insert into wechat_usage_days (day, app_id, subject, item, writer, uses, last_at)
select (u.counted_at + 28800000) / 86400000, u.app_id, u.subject,
       case when u.subject = 'menu' then u.item else coalesce((select min(k.id) from wechat_keywords k where k.word = u.item), u.item) end,
       'before', sum(u.uses), max(u.counted_at)
from wechat_usage u
group by 1, 2, 3, 4;
