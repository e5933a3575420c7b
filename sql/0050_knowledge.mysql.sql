create table if not exists knowledge_goods (
  name varchar(100) not null primary key,
  aliases varchar(1000) not null default '',
  verdict varchar(12) not null check (verdict in ('forbidden', 'conditional', 'allowed')),
  reason varchar(1000) not null,
  requirement varchar(1000) not null default '',
  catalogue_group varchar(100) not null default ''
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists knowledge_questions (
  intent varchar(64) not null primary key,
  question varchar(200) not null,
  keywords varchar(4000) not null,
  answer varchar(2000) not null,
  source varchar(200) not null default ''
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Who changes rows of a table raises its version in the same transaction: processes then read the table again.
create table if not exists knowledge_versions (
  name varchar(32) not null primary key,
  version bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
