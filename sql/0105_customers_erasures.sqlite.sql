-- What somebody asked to be erased. While it is under way the subject lies encrypted in subject_cipher; once done nothing personal is left.
create table customers_erasures (
  id text not null primary key,
  receipt text not null unique,
  request_key text not null unique,
  origin text not null check (origin in ('wechat_revoked', 'wechat_cancelled', 'customer', 'staff')),
  kinds text not null,
  subject_cipher text not null,
  state text not null check (state in ('asked', 'swept', 'done')),
  attempts integer not null default 0,
  rows_erased integer not null default 0,
  asked_at integer not null,
  next_at integer not null,
  done_at integer null,
  check ((state = 'done') = (subject_cipher = ''))
) strict;

create index customers_erasures_due on customers_erasures (state, next_at);
