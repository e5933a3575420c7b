-- What somebody asked to be erased. While it is under way the subject lies encrypted in subject_cipher; once done nothing personal is left.
create table if not exists customers_erasures (
  id char(32) character set ascii collate ascii_bin not null primary key,
  receipt varchar(24) character set ascii collate ascii_bin not null unique,
  request_key char(64) character set ascii collate ascii_bin not null unique,
  origin varchar(20) not null check (origin in ('wechat_revoked', 'wechat_cancelled', 'customer', 'staff')),
  kinds varchar(100) not null,
  subject_cipher mediumtext not null,
  state varchar(8) not null check (state in ('asked', 'swept', 'done')),
  attempts int not null default 0,
  rows_erased bigint not null default 0,
  asked_at bigint not null,
  next_at bigint not null,
  done_at bigint null,
  index customers_erasures_due (state, next_at),
  check ((state = 'done') = (subject_cipher = ''))
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
